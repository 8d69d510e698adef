package dev.sluice.kubeapi.resource;

import tools.jackson.databind.node.ObjectNode;

/** Between a served version and the stored form. Both directions return a tree of the caller's own. */
public interface Conversion {

    ObjectNode toServed(ObjectNode stored);

    ObjectNode toStored(ObjectNode served);

    /** The versions differ in nothing but their name. */
    static Conversion rename(String servedApiVersion, String storedApiVersion) {
        return new Conversion() {
            @Override
            public ObjectNode toServed(ObjectNode stored) {
                return stored.deepCopy().put("apiVersion", servedApiVersion);
            }

            @Override
            public ObjectNode toStored(ObjectNode served) {
                return served.deepCopy().put("apiVersion", storedApiVersion);
            }
        };
    }
}
