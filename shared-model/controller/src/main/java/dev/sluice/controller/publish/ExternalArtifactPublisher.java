package dev.sluice.controller.publish;

import dev.sluice.controller.apply.ApplyBody;
import dev.sluice.controller.apply.ServerSideApply;
import dev.sluice.controller.request.ApiRequestException;
import dev.sluice.controller.request.ApiRequests;
import dev.sluice.toolkit.meta.ApiKind;
import dev.sluice.toolkit.meta.ConditionTypes;
import dev.sluice.toolkit.meta.Conditions;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.meta.Reasons;
import dev.sluice.toolkit.source.ExternalArtifact;
import dev.sluice.toolkit.source.ExternalArtifactSpec;
import dev.sluice.toolkit.source.ExternalArtifactStatus;
import io.kubernetes.client.openapi.models.V1Condition;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Puts ExternalArtifacts into the cluster: the object first, then its status, both by server-side apply with force and
 * under one field manager. Nothing is sent for what already stands.
 *
 * <p>Whether an object of that name may be taken over is for the caller to decide, before. Thread-safe.
 */
public final class ExternalArtifactPublisher {

    /** The message of a published artifact's Ready condition. */
    public static final String READY_MESSAGE = "Artifact is ready";

    /** Somebody who edits the object all the time need not keep us busy for ever. */
    private static final int STATUS_ATTEMPTS = 5;

    private static final ApiKind KIND = ExternalArtifact.TYPE.kind();

    private final ApiRequests requests;
    private final ServerSideApply apply;
    private final PublishedState state;
    private final InstantSource clock;

    /** @param clock of the transition times of conditions */
    public ExternalArtifactPublisher(ApiRequests requests, PublisherOptions options, InstantSource clock) {
        this.requests = requests;
        this.apply = new ServerSideApply(requests, options.fieldManager());
        this.state = new PublishedState(options);
        this.clock = clock;
    }

    /**
     * Makes the cluster hold what is wanted. Idempotent; after a failure, call it again.
     *
     * @param current the object as last seen, for example in an informer's cache; null when there is none. Of an
     *     informer, let {@code Trim} keep the managed fields of this publisher's manager: without them a label that is
     *     not wanted any more is not noticed
     * @throws ApiRequestException 409 or 422 when {@code current} was deleted, and
     *     perhaps made again by somebody else, or when somebody has published something else meanwhile; read it anew and
     *     decide again
     */
    public PublishResult publish(Publication wanted, @Nullable ExternalArtifact current) throws IOException {
        boolean writeObject = current == null || !state.holdsObject(current, wanted);
        ExternalArtifact object = writeObject ? applyObject(wanted, current) : Objects.requireNonNull(current);
        boolean writeStatus = !state.holdsStatus(object, wanted);
        if (writeStatus) {
            object = applyStatus(object, latest -> statusOf(latest, wanted));
        }
        return new PublishResult(object, writeObject, writeStatus);
    }

    /** Whether {@link #publish} would send nothing. */
    public boolean isPublished(Publication wanted, ExternalArtifact current) {
        return state.holdsObject(current, wanted) && state.holdsStatus(current, wanted);
    }

    /**
     * Whether the artifact in the status is as this publisher applied it: nobody else has written into it since. True
     * when the object's managed fields are not known.
     */
    public boolean ownsArtifact(ExternalArtifact current) {
        return state.ownsArtifact(current);
    }

    /**
     * Sets Ready False and leaves the artifact as it is, so that consumers keep what they have. Sends nothing when the
     * condition says so already.
     *
     * @param current the object as last seen; its artifact is what the status goes on to offer
     * @return the object as it stands now
     * @throws ApiRequestException not found when it is gone; 409 when it is another by now, belongs to somebody else or
     *     offers something else: read it anew and decide again
     */
    public ExternalArtifact reportFailure(ExternalArtifact current, String reason, String message) throws IOException {
        V1Condition ready = ready(current, Conditions.FALSE, reason, message);
        if (Conditions.find(current.conditions(), ConditionTypes.READY)
                .filter(ready::equals)
                .isPresent()) {
            return current;
        }
        return applyStatus(
                current,
                latest -> new ExternalArtifactStatus(
                        List.of(ready(latest, Conditions.FALSE, reason, message)),
                        // nobody else's edit of it becomes ours
                        current.artifact().orElse(null)));
    }

    /**
     * Deletes an ExternalArtifact if it still is this very object.
     *
     * @return false if it was gone already
     */
    public boolean delete(ExternalArtifact object) throws IOException {
        String uid = Objects.requireNonNull(object.metadata().getUid(), "uid of " + object.key());
        return requests.delete(KIND, object.key(), uid);
    }

    /**
     * Deletes an ExternalArtifact if nobody has changed it since it was read.
     *
     * @return false if it was gone already
     * @throws ApiRequestException a conflict when somebody has, for example who publishes it by now: read it anew and
     *     decide again
     */
    public boolean deleteUnchanged(ExternalArtifact object) throws IOException {
        V1ObjectMeta metadata = object.metadata();
        String uid = Objects.requireNonNull(metadata.getUid(), "uid of " + object.key());
        return requests.delete(KIND, object.key(), uid, metadata.getResourceVersion());
    }

    private ExternalArtifact applyObject(Publication wanted, @Nullable ExternalArtifact current) throws IOException {
        ApplyBody body = ApplyBody.of(KIND, wanted.key())
                .withLabels(state.labelsOf(wanted))
                .withAnnotations(wanted.annotations())
                .withOwnerReferences(wanted.owner() == null ? List.of() : List.of(wanted.owner()))
                .with("spec", new ExternalArtifactSpec(wanted.sourceRef()));
        String uid = current == null ? null : current.metadata().getUid();
        ExternalArtifact applied = apply.apply(uid == null ? body : body.withUid(uid), ExternalArtifact.class);
        if (current != null && !current.artifact().equals(applied.artifact())) {
            throw refusal(current, HttpURLConnection.HTTP_CONFLICT, "somebody has published something else meanwhile");
        }
        return applied;
    }

    private ExternalArtifactStatus statusOf(ExternalArtifact object, Publication wanted) {
        V1Condition ready = ready(object, Conditions.TRUE, Reasons.SUCCEEDED, READY_MESSAGE);
        return new ExternalArtifactStatus(List.of(ready), wanted.artifact());
    }

    private V1Condition ready(ExternalArtifact object, String status, String reason, String message) {
        long generation = Objects.requireNonNullElse(object.metadata().getGeneration(), 0L);
        return Conditions.next(object.conditions(), ConditionTypes.READY, status, reason, message, generation, clock);
    }

    /**
     * Never writes on another object that took the name: the version is the condition, as API servers look at no UID
     * here. The very object in a newer version, which somebody has just edited, is written on all the same, unless its
     * artifact or its maker is another: then somebody who knows more, perhaps another shard, was here meanwhile.
     */
    private ExternalArtifact applyStatus(
            ExternalArtifact object, Function<ExternalArtifact, ExternalArtifactStatus> status) throws IOException {
        ExternalArtifact latest = object;
        for (int attempt = 1; ; attempt++) {
            try {
                return apply.applyStatus(bodyFor(latest).with("status", status.apply(latest)), ExternalArtifact.class);
            } catch (ApiRequestException e) {
                if (!e.isConflict() || attempt == STATUS_ATTEMPTS) {
                    throw e;
                }
                latest = inNewerVersion(object, e);
            }
        }
    }

    private static ApplyBody bodyFor(ExternalArtifact object) {
        V1ObjectMeta metadata = object.metadata();
        String uid = metadata.getUid();
        ApplyBody named = ApplyBody.of(KIND, ObjectKey.of(metadata));
        ApplyBody body = uid == null ? named : named.withUid(uid);
        String version = metadata.getResourceVersion();
        return version == null ? body : body.withResourceVersion(version);
    }

    private ExternalArtifact inNewerVersion(ExternalArtifact object, ApiRequestException conflict) throws IOException {
        ExternalArtifact now = requests.get(KIND, object.key(), ExternalArtifact.class)
                .orElseThrow(() -> refusal(object, HttpURLConnection.HTTP_NOT_FOUND, "it was deleted meanwhile"));
        if (!isAsWorkedOn(object, now)) {
            throw conflict;
        }
        return now;
    }

    private static boolean isAsWorkedOn(ExternalArtifact object, ExternalArtifact now) {
        V1ObjectMeta before = object.metadata();
        V1ObjectMeta after = now.metadata();
        return Objects.equals(before.getUid(), after.getUid())
                && Objects.equals(before.getOwnerReferences(), after.getOwnerReferences())
                && Objects.equals(object.spec(), now.spec())
                && object.artifact().equals(now.artifact());
    }

    private static ApiRequestException refusal(ExternalArtifact object, int code, String reason) {
        return new ApiRequestException("apply status of " + KIND.kind() + " " + object.key(), code, reason);
    }
}
