package dev.sluice.kubeapi.rest;

import dev.sluice.kubeapi.http.Answers;
import dev.sluice.kubeapi.object.StoreKey;
import dev.sluice.kubeapi.resource.Endpoint;
import dev.sluice.kubeapi.resource.Resource;
import dev.sluice.kubeapi.status.ApiException;
import dev.sluice.kubeapi.status.Target;
import dev.sluice.kubeapi.table.Tables;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.servlet.function.ServerRequest;

/** A request to a resource that is served. */
record Call(ServerRequest request, ResourcePathInfo path, Endpoint endpoint) {

    HttpServletRequest servlet() {
        return request.servletRequest();
    }

    Query query() {
        return new Query(servlet());
    }

    Resource resource() {
        return endpoint.resource();
    }

    StoreKey key() {
        return new StoreKey(path.namespace(), path.name());
    }

    Target target() {
        return endpoint.target(path.name());
    }

    boolean status() {
        return path.subresource().equals("status");
    }

    /** How much of the objects the rows of a table carry. @throws ApiException 400 for what is none of the choices */
    Tables.Include include() {
        String text = query().text("includeObject");
        return switch (text) {
            case "", "Metadata" -> Tables.Include.METADATA;
            case "None" -> Tables.Include.NONE;
            case "Object" -> Tables.Include.OBJECT;
            default -> throw ApiException.badRequest("unrecognized includeObject value: \"" + text + "\"");
        };
    }

    /** Whether objects are to be shown as rows. @throws ApiException 406 when the client takes no form there is */
    boolean wantsTable() {
        return Answers.accept(request).isTable();
    }

    ApiException notFound() {
        return ApiException.notFound(target());
    }
}
