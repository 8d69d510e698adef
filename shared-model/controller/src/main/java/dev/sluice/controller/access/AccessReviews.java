package dev.sluice.controller.access;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.sluice.artifact.concurrent.LruMap;
import dev.sluice.controller.queue.Ticker;
import dev.sluice.controller.request.ApiRequests;
import dev.sluice.toolkit.meta.ApiKind;
import dev.sluice.toolkit.meta.ObjectKey;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Asks the API server whether a service account may do something. Remembers an allowed request for 30 s and a denied one
 * for 5 s, for at most 10,000 requests. Thread-safe.
 */
public final class AccessReviews {

    private static final String GROUP = "authorization.k8s.io";
    private static final ApiKind REVIEW = new ApiKind(GROUP, "v1", "SubjectAccessReview", "subjectaccessreviews");
    private static final ApiKind LOCAL =
            new ApiKind(GROUP, "v1", "LocalSubjectAccessReview", "localsubjectaccessreviews");
    private static final Duration ALLOWED_FOR = Duration.ofSeconds(30);
    private static final Duration DENIED_FOR = Duration.ofSeconds(5);
    static final int MAX_REMEMBERED = 10_000;

    private final ApiRequests requests;
    private final Ticker ticker;
    private final ApiKind kind;

    private final Map<Question, Answer> answers = new LruMap<>(MAX_REMEMBERED);

    private record Question(ServiceAccountUser user, AccessAttributes attributes) {}

    private record Answer(boolean allowed, long atNanos) {

        boolean isValid(long now) {
            return now - atNanos < (allowed ? ALLOWED_FOR : DENIED_FOR).toNanos();
        }
    }

    private AccessReviews(ApiRequests requests, Ticker ticker, ApiKind kind) {
        this.requests = requests;
        this.ticker = ticker;
        this.kind = kind;
    }

    /**
     * Asks by SubjectAccessReview. The controller needs the verb {@code create} on {@code subjectaccessreviews}, by a
     * ClusterRole.
     *
     * @param ticker measures the age of answers
     */
    public static AccessReviews ofAllNamespaces(ApiRequests requests, Ticker ticker) {
        return new AccessReviews(requests, ticker, REVIEW);
    }

    /**
     * Asks by LocalSubjectAccessReview about requests in a namespace. The controller needs the verb {@code create} on
     * {@code localsubjectaccessreviews}, for which a Role in that namespace is enough. Asks by SubjectAccessReview about
     * requests for cluster-scoped objects.
     *
     * @param ticker measures the age of answers
     */
    public static AccessReviews ofEachNamespace(ApiRequests requests, Ticker ticker) {
        return new AccessReviews(requests, ticker, LOCAL);
    }

    /**
     * Whether the account may send this request.
     *
     * @throws IOException if the API server does not respond; this is not a denial
     */
    public boolean isAllowed(ServiceAccountUser user, AccessAttributes attributes) throws IOException {
        Question question = new Question(user, attributes);
        long now = ticker.nanos();
        Answer known = remembered(question);
        if (known != null && known.isValid(now)) {
            return known.allowed();
        }
        // The age counts from the request, because the response may already be outdated when it arrives.
        Answer answer = new Answer(ask(question), now);
        synchronized (answers) {
            answers.put(question, answer);
        }
        return answer.allowed();
    }

    private @Nullable Answer remembered(Question question) {
        synchronized (answers) {
            return answers.get(question);
        }
    }

    private boolean ask(Question question) throws IOException {
        String namespace = question.attributes().namespace();
        ApiKind asked = namespace.isEmpty() ? REVIEW : kind;
        ObjectKey user = new ObjectKey(
                asked.equals(LOCAL) ? namespace : "", question.user().username());
        JsonObject review = requests.create(asked, user, body(asked, question), JsonObject.class);
        if (review.get("status") instanceof JsonObject status
                && status.get("allowed") instanceof JsonPrimitive allowed) {
            return allowed.getAsBoolean() && !isTrue(status.get("denied"));
        }
        throw new IOException("the API server returned an access review without an answer for " + user.name());
    }

    private static boolean isTrue(@Nullable JsonElement value) {
        return value instanceof JsonPrimitive flag && flag.getAsBoolean();
    }

    private static JsonObject body(ApiKind kind, Question question) {
        AccessAttributes attributes = question.attributes();
        JsonObject resource = new JsonObject();
        resource.addProperty("group", attributes.kind().group());
        resource.addProperty("version", attributes.kind().version());
        resource.addProperty("resource", attributes.kind().plural());
        resource.addProperty("verb", attributes.verb());
        addUnlessEmpty(resource, "subresource", attributes.subresource());
        addUnlessEmpty(resource, "namespace", attributes.namespace());
        addUnlessEmpty(resource, "name", attributes.name());
        JsonArray groups = new JsonArray();
        question.user().groups().forEach(groups::add);
        JsonObject spec = new JsonObject();
        spec.addProperty("user", question.user().username());
        spec.add("groups", groups);
        spec.add("resourceAttributes", resource);
        JsonObject body = new JsonObject();
        body.addProperty("apiVersion", kind.apiVersion());
        body.addProperty("kind", kind.kind());
        if (kind.equals(LOCAL)) {
            JsonObject metadata = new JsonObject();
            metadata.addProperty("namespace", attributes.namespace());
            body.add("metadata", metadata);
        }
        body.add("spec", spec);
        return body;
    }

    private static void addUnlessEmpty(JsonObject object, String field, String value) {
        if (!value.isEmpty()) {
            object.addProperty(field, value);
        }
    }
}
