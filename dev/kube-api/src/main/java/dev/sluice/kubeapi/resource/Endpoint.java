package dev.sluice.kubeapi.resource;

import dev.sluice.kubeapi.status.Target;
import dev.sluice.kubeapi.store.StoredObject;
import tools.jackson.databind.node.ObjectNode;

/** A resource in the version of a request. */
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

    /** Returns the object in this version. The tree is shared: copy it before modification. */
    public ObjectNode tree(StoredObject object) {
        return object.treeAs(version, version.conversion()::toServed);
    }

    /** Returns the object's JSON in this version; callers must not modify the array. */
    public byte[] json(StoredObject object) {
        return object.jsonAs(version, version.conversion()::toServed);
    }

    public ObjectNode toStored(ObjectNode served) {
        return version.conversion().toStored(served);
    }
}
