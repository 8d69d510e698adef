package dev.sluice.reconciler.console;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;

/**
 * Limits how many threads read bodies of requests, so that clients that send slowly cannot occupy all of them. Closes
 * the connection instead of reading a body that nothing uses.
 */
final class FormLimit extends ValveBase {

    private final ClientQuota forms;
    private final int maxBytes;

    /** @param maxBytes of a form */
    FormLimit(ClientQuota forms, int maxBytes) {
        super(true);
        this.forms = forms;
        this.maxBytes = maxBytes;
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        String address = request.getRemoteAddr();
        if (isFinished(request)) {
            getNext().invoke(request, response);
        } else if (!request.getMethod().equals("POST")) {
            reject(request, response, HttpServletResponse.SC_BAD_REQUEST, "only forms have a body");
        } else if (request.getContentLengthLong() < 0 || request.getContentLengthLong() > maxBytes) {
            reject(request, response, HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE, "the form is too large");
        } else if (forms.tryTake(address, 1)) {
            try {
                getNext().invoke(request, response);
            } finally {
                forms.giveBack(address, 1);
                ignoreBody(request);
            }
        } else {
            reject(
                    request,
                    response,
                    HttpServletResponse.SC_SERVICE_UNAVAILABLE,
                    "too many forms are being received; try again");
        }
    }

    private static void reject(Request request, Response response, int status, String why) throws IOException {
        ignoreBody(request);
        response.setStatus(status);
        response.setContentType("text/plain;charset=UTF-8");
        response.getWriter().println(why);
    }

    private static boolean isFinished(Request request) {
        return request.getCoyoteRequest().isFinished();
    }

    private static void ignoreBody(Request request) {
        if (!isFinished(request)) {
            request.getCoyoteRequest().action(ActionCode.DISABLE_SWALLOW_INPUT, null);
        }
    }
}
