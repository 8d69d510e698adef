package dev.sluice.reconciler;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import dev.sluice.controller.request.ResourcePath;
import dev.sluice.toolkit.meta.ApiKind;
import dev.sluice.toolkit.meta.ObjectKey;
import java.io.IOException;

/** Namespaces, and what the service account "deployer" of the generators' namespace may do in them. */
record Grants(Cluster cluster, String generators) {

    static final String ALL = "create,patch,delete";

    private static final String RBAC = "rbac.authorization.k8s.io";
    private static final ApiKind NAMESPACE = new ApiKind("", "v1", "Namespace", "namespaces");
    private static final ApiKind ROLE = new ApiKind(RBAC, "v1", "Role", "roles");
    private static final ApiKind BINDING = new ApiKind(RBAC, "v1", "RoleBinding", "rolebindings");

    /** Creates a namespace with a name that no other test uses. */
    String namespace(String suffix) throws IOException {
        String name = generators + "-" + suffix;
        apply(NAMESPACE, new ObjectKey("", name), "{}");
        return name;
    }

    void deleteNamespace(String name) throws IOException {
        ObjectKey key = new ObjectKey("", name);
        JsonObject namespace =
                cluster.requests().get(NAMESPACE, key, JsonObject.class).orElseThrow();
        cluster.requests()
                .delete(
                        NAMESPACE,
                        key,
                        namespace.getAsJsonObject("metadata").get("uid").getAsString());
    }

    /** Grants these verbs on ExternalArtifacts, and their status, in a namespace; replaces earlier grants. */
    void grant(String namespace, String verbs) throws IOException {
        ObjectKey key = new ObjectKey(namespace, "deployer");
        apply(ROLE, key, """
                {"rules": [{"apiGroups": ["source.toolkit.fluxcd.io"],
                            "resources": ["externalartifacts", "externalartifacts/status"],
                            "verbs": ["%s"]}]}""".formatted(verbs.replace(",", "\",\"")));
        apply(BINDING, key, """
                {"roleRef": {"apiGroup": "%s", "kind": "Role", "name": "deployer"},
                 "subjects": [{"kind": "ServiceAccount", "name": "deployer", "namespace": "%s"}]}""".formatted(RBAC, generators));
    }

    private void apply(ApiKind kind, ObjectKey key, String fields) throws IOException {
        JsonObject body = new Gson().fromJson(fields, JsonObject.class);
        body.addProperty("apiVersion", kind.apiVersion());
        body.addProperty("kind", kind.kind());
        JsonObject metadata = new JsonObject();
        metadata.addProperty("name", key.name());
        if (!key.namespace().isEmpty()) {
            metadata.addProperty("namespace", key.namespace());
        }
        body.add("metadata", metadata);
        cluster.requests().apply(ResourcePath.of(kind, key), "test", body, JsonObject.class);
    }
}
