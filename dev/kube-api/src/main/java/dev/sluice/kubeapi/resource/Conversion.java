package dev.sluice.kubeapi.resource;

import tools.jackson.databind.node.ObjectNode;

/** Conversion between a served version and the storage version. The result can be the argument if both are equal. */
public interface Conversion {

    /** For versions that equal the storage version. */
    Conversion NONE = new Conversion() {
        @Override
        public ObjectNode toServed(ObjectNode stored) {
            return stored;
        }

        @Override
        public ObjectNode toStored(ObjectNode served) {
            return served;
        }
    };

    ObjectNode toServed(ObjectNode stored);

    ObjectNode toStored(ObjectNode served);

    /** A conversion that changes only the version; stored objects are served with the current schema. */
    static Conversion rename(String servedApiVersion, String storedApiVersion, KindRules rules) {
        return new Conversion() {
            @Override
            public ObjectNode toServed(ObjectNode stored) {
                return rules.complete(stored.deepCopy().put("apiVersion", servedApiVersion), null);
            }

            @Override
            public ObjectNode toStored(ObjectNode served) {
                return served.deepCopy().put("apiVersion", storedApiVersion);
            }
        };
    }
}
