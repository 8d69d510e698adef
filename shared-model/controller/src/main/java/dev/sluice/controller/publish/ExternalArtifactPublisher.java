package dev.sluice.controller.publish;

import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import dev.sluice.controller.apply.ApplyBody;
import dev.sluice.controller.apply.ServerSideApplier;
import dev.sluice.controller.request.ApiRequestException;
import dev.sluice.controller.request.ApiRequests;
import dev.sluice.controller.request.ResourcePath;
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
 * Publishes ExternalArtifacts: applies the object first, then its status, both by server-side apply with force and
 * under one field manager. Sends nothing if the cluster already has the wanted state.
 *
 * <p>The caller must decide beforehand whether it may take over an existing object of that name. Thread-safe.
 */
public final class ExternalArtifactPublisher {

    /** The message of a published artifact's Ready condition. */
    public static final String READY_MESSAGE = "Artifact is ready";

    /** Attempts to write a status that another client keeps changing. */
    private static final int STATUS_ATTEMPTS = 5;

    private static final ApiKind KIND = ExternalArtifact.TYPE.kind();

    private final ApiRequests requests;
    private final String fieldManager;
    private final ServerSideApplier apply;
    private final PublishedState state;
    private final InstantSource clock;

    /**
     * Creates a publisher.
     *
     * @param clock clock for the transition times of conditions
     */
    public ExternalArtifactPublisher(ApiRequests requests, PublisherOptions options, InstantSource clock) {
        this.requests = requests;
        this.fieldManager = options.fieldManager();
        this.apply = new ServerSideApplier(requests, fieldManager);
        this.state = new PublishedState(options);
        this.clock = clock;
    }

    /**
     * Applies the wanted state. Idempotent; after a failure, call it again.
     *
     * @param current the last known object, for example from an informer's cache; null if there is none. An informer
     *     must keep the managed fields of this publisher's manager ({@code Trim}): without them the publisher does not
     *     remove labels that are no longer wanted
     * @throws ApiRequestException 409 or 422 if {@code current} was deleted or recreated, or if another writer has
     *     published a different artifact; read the object again and decide again
     * @throws IOException if the ExternalArtifact CRD is too old for inputs; everything else is then published
     */
    public PublishResult publish(Publication wanted, @Nullable ExternalArtifact current) throws IOException {
        boolean writeObject = current == null || !state.holdsObject(current, wanted);
        ExternalArtifact object = writeObject ? applyObject(wanted, current, false) : Objects.requireNonNull(current);
        return publishStatus(wanted, object, writeObject);
    }

    /**
     * Creates the object with the wanted state on condition that there is none of this name, so that no read is needed
     * before.
     *
     * @throws ApiRequestException 409 if there is one; read it and decide
     * @throws IOException if the ExternalArtifact CRD is too old for inputs; everything else is then published
     */
    public PublishResult create(Publication wanted) throws IOException {
        return publishStatus(wanted, apply.apply(bodyOf(wanted).onlyIfAbsent(), ExternalArtifact.class), true);
    }

    /**
     * Applies the wanted state to an object of another owner, on condition that nobody has changed the object since it
     * was read.
     *
     * @throws ApiRequestException 409 if the object has changed; read it again and decide again
     */
    public PublishResult takeOver(Publication wanted, ExternalArtifact current) throws IOException {
        return publishStatus(wanted, applyObject(wanted, current, true), true);
    }

    private PublishResult publishStatus(Publication wanted, ExternalArtifact applied, boolean writeObject)
            throws IOException {
        ExternalArtifact object = applied;
        boolean writeStatus = !state.holdsStatus(object, wanted);
        if (writeStatus) {
            object = applyStatus(object, latest -> statusOf(latest, wanted));
            if (!PublishedState.inputsOf(object).equals(wanted.inputs())) {
                requireStored(object);
                ExternalArtifact cleared = removeInputs(object);
                object = applyStatus(cleared, latest -> statusOf(latest, wanted));
            }
        }
        return new PublishResult(object, writeObject, writeStatus);
    }

    /** Whether {@link #publish} would send nothing. */
    public boolean isPublished(Publication wanted, ExternalArtifact current) {
        return state.holdsObject(current, wanted) && state.holdsStatus(current, wanted);
    }

    /**
     * Whether this publisher owns all fields of the artifact in the status, that is, no other writer has changed it
     * since. True if the object's managed fields are unknown.
     */
    public boolean ownsArtifact(ExternalArtifact current) {
        return state.ownsArtifact(current);
    }

    /**
     * Sets Ready to False and keeps the artifact, so that consumers keep what they have. Sends nothing if the condition
     * is already set.
     *
     * @param current the last known object; the status keeps its artifact
     * @return the object after the change
     * @throws ApiRequestException 404 if the object is gone; 409 if it was recreated, has another owner or another
     *     artifact: read the object again and decide again
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
                        // use artifact and inputs as last read: do not adopt another writer's edit
                        current.artifact().orElse(null),
                        PublishedState.inputsOf(current).values()));
    }

    /**
     * Deletes the ExternalArtifact if it still has the same UID.
     *
     * @return false if it was already gone
     */
    public boolean delete(ExternalArtifact object) throws IOException {
        String uid = Objects.requireNonNull(object.metadata().getUid(), "uid of " + object.key());
        return requests.delete(KIND, object.key(), uid);
    }

    /**
     * Deletes the ExternalArtifact if it has not changed since it was read.
     *
     * @return false if it was already gone
     * @throws ApiRequestException 409 if it has changed, for example because another generator publishes it now; read
     *     the object again and decide again
     */
    public boolean deleteUnchanged(ExternalArtifact object) throws IOException {
        V1ObjectMeta metadata = object.metadata();
        String uid = Objects.requireNonNull(metadata.getUid(), "uid of " + object.key());
        return requests.delete(KIND, object.key(), uid, metadata.getResourceVersion());
    }

    /**
     * Checks whether the API server would create the object, for example because its namespace exists. Changes nothing; the
     * artifact of {@code wanted} is not used and may not exist yet.
     *
     * @throws ApiRequestException the refusal
     */
    public void checkCreation(Publication wanted) throws IOException {
        apply.tryApply(bodyOf(wanted), ExternalArtifact.class);
    }

    private ApplyBody bodyOf(Publication wanted) {
        return ApplyBody.of(KIND, wanted.key())
                .withLabels(state.labelsOf(wanted))
                .withAnnotations(wanted.annotations())
                .withOwnerReferences(wanted.owner() == null ? List.of() : List.of(wanted.owner()))
                .with("spec", new ExternalArtifactSpec(wanted.sourceRef()));
    }

    private ExternalArtifact applyObject(Publication wanted, @Nullable ExternalArtifact current, boolean unchanged)
            throws IOException {
        ApplyBody body = bodyOf(wanted);
        String uid = current == null ? null : current.metadata().getUid();
        String version = current == null ? null : current.metadata().getResourceVersion();
        ApplyBody ofObject = uid == null ? body : body.withUid(uid);
        ExternalArtifact applied = apply.apply(
                unchanged && version != null ? ofObject.withResourceVersion(version) : ofObject,
                ExternalArtifact.class);
        if (current != null && !current.artifact().equals(applied.artifact())) {
            throw refusal(
                    current,
                    HttpURLConnection.HTTP_CONFLICT,
                    "another writer changed the artifact; retry with the current object");
        }
        return applied;
    }

    private ExternalArtifactStatus statusOf(ExternalArtifact object, Publication wanted) {
        V1Condition ready = ready(object, Conditions.TRUE, Reasons.SUCCEEDED, READY_MESSAGE);
        return new ExternalArtifactStatus(
                List.of(ready), wanted.artifact(), wanted.inputs().values());
    }

    private static void requireStored(ExternalArtifact object) throws IOException {
        if (PublishedState.inputsOf(object).equals(ExportedInputs.NONE)) {
            throw new IOException(("the API server dropped status.exportedInputs of ExternalArtifact %s; install the"
                            + " ExternalArtifact CRD of Flux 2.10 or later")
                    .formatted(object.key()));
        }
    }

    /** Removes all inputs: an apply keeps what another writer has added to a map. */
    private ExternalArtifact removeInputs(ExternalArtifact object) throws IOException {
        JsonObject status = new JsonObject();
        status.add("exportedInputs", JsonNull.INSTANCE);
        JsonObject metadata = new JsonObject();
        metadata.addProperty("resourceVersion", object.metadata().getResourceVersion());
        JsonObject patch = new JsonObject();
        patch.add("metadata", metadata);
        patch.add("status", status);
        ResourcePath path = ResourcePath.of(KIND, object.key()).subresource("status");
        return requests.mergePatch(path, fieldManager, patch, ExternalArtifact.class);
    }

    private V1Condition ready(ExternalArtifact object, String status, String reason, String message) {
        long generation = Objects.requireNonNullElse(object.metadata().getGeneration(), 0L);
        return Conditions.next(object.conditions(), ConditionTypes.READY, status, reason, message, generation, clock);
    }

    /**
     * Applies the status on condition of the resource version, because the API server ignores the UID here: this never
     * writes to an object recreated under the same name. On a conflict, retries with the newer version of the same
     * object, unless its artifact, spec or owner has changed: then another writer, perhaps another shard, has taken
     * over.
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
                .orElseThrow(() -> refusal(object, HttpURLConnection.HTTP_NOT_FOUND, "the object was deleted"));
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
