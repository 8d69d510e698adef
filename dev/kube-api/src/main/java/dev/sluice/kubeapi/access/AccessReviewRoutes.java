package dev.sluice.kubeapi.access;

import dev.sluice.kubeapi.http.Answers;
import dev.sluice.kubeapi.http.Bodies;
import dev.sluice.kubeapi.json.Json;
import java.io.IOException;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.databind.node.ObjectNode;

/** Answers access reviews. Everybody may do everything, because this API has no authorization. */
public final class AccessReviewRoutes {

    private static final String GROUP = "/apis/authorization.k8s.io/v1/";

    public RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route()
                .POST(GROUP + "subjectaccessreviews", AccessReviewRoutes::allow)
                .POST(GROUP + "namespaces/{namespace}/localsubjectaccessreviews", AccessReviewRoutes::allow)
                .build();
    }

    private static ServerResponse allow(ServerRequest request) throws IOException {
        ObjectNode review = Bodies.object(request.servletRequest());
        review.set("status", Json.object().put("allowed", true));
        return Answers.tree(request, 201, review);
    }
}
