package dev.sluice.kubeapi.contract;

/** Request paths of the kinds that the contract tests use. */
final class Paths {

    static final String GADGET_GROUP = "/apis/contract.sluice.dev/v1";

    private Paths() {}

    static String configMaps(String namespace) {
        return core(namespace, "configmaps");
    }

    static String core(String namespace, String plural) {
        return "/api/v1/namespaces/" + namespace + "/" + plural;
    }

    static String gadgets(String namespace) {
        return GADGET_GROUP + "/namespaces/" + namespace + "/gadgets";
    }

    /** Adds parameters to a path that may have some. */
    static String with(String path, String query) {
        return path + (path.contains("?") ? "&" : "?") + query;
    }
}
