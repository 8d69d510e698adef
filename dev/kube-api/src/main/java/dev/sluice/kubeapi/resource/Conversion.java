package dev.sluice.kubeapi.resource;

import tools.jackson.databind.node.ObjectNode;

/** Between a served version and the stored form. The result may be the argument itself where both forms are the same. */
public interface Conversion {

    /** For versions that are stored as they are. */
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

    /** The versions differ in their name; stored objects are shown under the schema of today. */
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
