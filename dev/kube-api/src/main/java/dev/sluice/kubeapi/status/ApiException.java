package dev.sluice.kubeapi.status;

import dev.sluice.kubeapi.json.Json;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A failed request with its {@code Status} response. */
public final class ApiException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient ObjectNode status;
    private final transient Map<String, String> headers;

    private ApiException(ObjectNode status, Map<String, String> headers) {
        super(Json.stringAt(status, "message"), null, false, false);
        this.status = status;
        this.headers = headers;
    }

    public int code() {
        return (int) Json.longAt(status, "code");
    }

    public String reason() {
        return Json.stringAt(status, "reason");
    }

    /** Returns a copy of the response body. */
    public ObjectNode status() {
        return status.deepCopy();
    }

    public Map<String, String> headers() {
        return headers;
    }

    public static ApiException of(int code, String reason, String message) {
        return of(code, reason, message, Json.object());
    }

    static ApiException of(int code, String reason, String message, ObjectNode details) {
        return new ApiException(Statuses.failure(code, reason, message, details), Map.of());
    }

    public static ApiException badRequest(String message) {
        return of(400, "BadRequest", message);
    }

    public static ApiException noSuchPath() {
        return of(404, "NotFound", "the server could not find the requested resource");
    }

    public static ApiException notFound(Target target) {
        return of(404, "NotFound", target.shown() + " not found", target.details());
    }

    public static ApiException alreadyExists(Target target) {
        return of(409, "AlreadyExists", target.shown() + " already exists", target.details());
    }

    public static ApiException conflict(Target target, String why) {
        return of(409, "Conflict", "Operation cannot be fulfilled on " + target.shown() + ": " + why, target.details());
    }

    public static ApiException modified(Target target) {
        return conflict(
                target, "the object has been modified; please apply your changes to the latest version and try again");
    }

    /** A server-side apply conflicts with fields of other managers. */
    public static ApiException applyConflict(String message, List<Cause> causes) {
        ObjectNode details = Json.object();
        details.set("causes", causes(causes));
        return of(409, "Conflict", message, details);
    }

    public static ApiException forbidden(Target target, String why, List<Cause> causes) {
        ObjectNode details = target.details();
        if (!causes.isEmpty()) {
            details.set("causes", causes(causes));
        }
        return of(403, "Forbidden", target.shown() + " is forbidden: " + why, details);
    }

    /** An invalid object; {@code target} contains the kind instead of the resource. */
    public static ApiException invalid(Target target, List<Cause> causes) {
        String shown = target.kindShown() + " " + Cause.quote(target.name()) + " is invalid: ";
        String list = causes.stream().map(Cause::toString).distinct().collect(Collectors.joining(", "));
        ObjectNode details = target.kindDetails();
        details.set("causes", causes(causes));
        return of(422, "Invalid", shown + (causes.size() > 1 ? "[" + list + "]" : list), details);
    }

    public static ApiException methodNotAllowed() {
        return of(405, "MethodNotAllowed", "the server does not allow this method on the requested resource");
    }

    public static ApiException notAcceptable(String accepted) {
        return of(406, "NotAcceptable", "only the following media types are accepted: " + accepted);
    }

    public static ApiException unsupportedMediaType(String accepted) {
        return of(
                415,
                "UnsupportedMediaType",
                "the body of the request was in an unknown format - accepted media types include: " + accepted);
    }

    public static ApiException tooLarge(long limitBytes) {
        return of(413, "RequestEntityTooLarge", "Request entity too large: limit is " + limitBytes);
    }

    public static ApiException expired(String message) {
        return of(410, "Expired", message);
    }

    /** A consistent page is no longer available; {@code token} continues the list inconsistently. */
    public static ApiException expiredContinue(String message, String token) {
        ObjectNode status = Statuses.failure(410, "Expired", message, Json.object());
        status.putObject("metadata").put("continue", token);
        return new ApiException(status, Map.of());
    }

    public static ApiException revisionTooLarge(long requested, long current) {
        ObjectNode details = Json.object();
        details.set("causes", causes(List.of(new Cause("ResourceVersionTooLarge", "Too large resource version", ""))));
        details.put("retryAfterSeconds", 1);
        ObjectNode status = Statuses.failure(
                504, "Timeout", "Timeout: Too large resource version: " + requested + ", current: " + current, details);
        return new ApiException(status, Map.of("Retry-After", "1"));
    }

    public static ApiException internal(String message) {
        return of(500, "InternalError", "Internal error occurred: " + message);
    }

    private static ArrayNode causes(List<Cause> causes) {
        ArrayNode array = Json.array();
        for (Cause cause : causes) {
            ObjectNode node = array.addObject().put("reason", cause.reason()).put("message", cause.message());
            if (!cause.field().isEmpty()) {
                node.put("field", cause.field());
            }
        }
        return array;
    }
}
