package dev.sluice.hostile.arena;

import java.util.List;
import java.util.Map;

/**
 * Makes namespaces with an account that may there what Kubernetes' {@code edit} and Flux's {@code flux-edit} allow, the
 * status subresources included. The API server runs without the controller that sums up aggregated roles, so their parts
 * are bound. Where nobody asks who somebody is, every tenant is the administrator.
 */
final class TenantAccounts {

    private static final String ACCOUNT = "tenant";
    private static final String RBAC = "rbac.authorization.k8s.io";
    private static final List<String> FLUX = List.of("source.toolkit.fluxcd.io", "source.extensions.fluxcd.io");
    private static final List<String> ROLES =
            List.of("system:aggregate-to-view", "system:aggregate-to-edit", "flux-view", "flux-edit");

    private final KubeClient admin;
    private final boolean real;

    TenantAccounts(KubeClient admin, boolean real) {
        this.admin = admin;
        this.real = real;
        if (real) {
            role("flux-view", List.of("get", "list", "watch"));
            role("flux-edit", List.of("create", "delete", "deletecollection", "patch", "update"));
        }
    }

    /** As Flux installs them. */
    private void role(String name, List<String> verbs) {
        Map<String, Object> rule = Map.of("apiGroups", FLUX, "resources", List.of("*"), "verbs", verbs);
        admin.apply(Kind.CLUSTER_ROLE, "", name, Map.of("rules", List.of(rule))).orFail();
    }

    KubeClient create(String namespace) {
        admin.apply(Kind.NAMESPACE, "", namespace, Map.of()).orFail();
        if (!real) {
            return admin;
        }
        admin.apply(Kind.SERVICE_ACCOUNT, namespace, ACCOUNT, Map.of()).orFail();
        ROLES.forEach(role -> bind(namespace, role));
        String path = Kind.SERVICE_ACCOUNT.path(namespace) + "/" + ACCOUNT + "/token";
        Reply token = admin.post(
                path,
                Map.of(
                        "apiVersion",
                        "authentication.k8s.io/v1",
                        "kind",
                        "TokenRequest",
                        "spec",
                        Map.of("audiences", List.of())));
        return new KubeClient(admin.access()
                .as(token.orFail().json().getAsJsonObject("status").get("token").getAsString()));
    }

    private void bind(String namespace, String role) {
        Map<String, Object> binding = Map.of(
                "roleRef", Map.of("apiGroup", RBAC, "kind", "ClusterRole", "name", role),
                "subjects", List.of(Map.of("kind", "ServiceAccount", "name", ACCOUNT, "namespace", namespace)));
        admin.apply(Kind.ROLE_BINDING, namespace, "tenant-" + role.replace(':', '-'), binding)
                .orFail();
    }
}
