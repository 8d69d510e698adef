package dev.sluice.kubeapi.contract;

/** Request paths of the tested kinds. */
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

    /** Adds parameters to a path with or without a query. */
    static String with(String path, String query) {
        return path + (path.contains("?") ? "&" : "?") + query;
    }
}
