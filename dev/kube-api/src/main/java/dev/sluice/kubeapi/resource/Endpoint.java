package dev.sluice.kubeapi.resource;

import dev.sluice.kubeapi.status.Target;
import dev.sluice.kubeapi.store.StoredObject;
import tools.jackson.databind.node.ObjectNode;

/** A resource in the version that a request asks for. */
public record Endpoint(Resource resource, ServedVersion version) {

    public String apiVersion() {
        return resource.apiVersion(version);
    }

    public String kind() {
        return resource.names().kind();
    }

    public String storageName() {
        return resource.storageName();
    }

    public Target target(String name) {
        return resource.target(name);
    }

    /** The object in this version. The tree is shared: copy it before changing it. */
    public ObjectNode tree(StoredObject object) {
        return object.treeAs(version, version.conversion()::toServed);
    }

    /** The object's JSON in this version; callers do not change the array. */
    public byte[] json(StoredObject object) {
        return object.jsonAs(version, version.conversion()::toServed);
    }

    public ObjectNode toStored(ObjectNode served) {
        return version.conversion().toStored(served);
    }
}
