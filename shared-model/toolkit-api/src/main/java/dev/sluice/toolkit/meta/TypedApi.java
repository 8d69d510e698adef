package dev.sluice.toolkit.meta;

import com.google.gson.Gson;
import io.kubernetes.client.common.KubernetesListObject;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.common.KubernetesType;
import io.kubernetes.client.custom.V1Patch;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.util.Watchable;
import io.kubernetes.client.util.generic.GenericKubernetesApi;
import io.kubernetes.client.util.generic.KubernetesApiResponse;
import io.kubernetes.client.util.generic.options.CreateOptions;
import io.kubernetes.client.util.generic.options.DeleteOptions;
import io.kubernetes.client.util.generic.options.GetOptions;
import io.kubernetes.client.util.generic.options.ListOptions;
import io.kubernetes.client.util.generic.options.PatchOptions;
import io.kubernetes.client.util.generic.options.UpdateOptions;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The client's typed API with JSON by {@link ObjectJson}. The client itself reads and writes objects with one Gson for
 * the whole process; this one passes JSON through it, so that the Gson of other parts of the process does not matter.
 *
 * <p>The methods without options call those with options.
 */
final class TypedApi<T extends KubernetesObject, L extends KubernetesListObject> extends GenericKubernetesApi<T, L> {

    private final Class<T> objectClass;
    private final Class<L> listClass;
    private final GenericKubernetesApi<RawObject, RawList> raw;
    private final Gson gson = ObjectJson.find();

    TypedApi(ApiType<T, L> type, ApiClient client) {
        super(
                type.objectClass(),
                type.listClass(),
                type.kind().group(),
                type.kind().version(),
                type.kind().plural(),
                client);
        this.objectClass = type.objectClass();
        this.listClass = type.listClass();
        ApiKind kind = type.kind();
        this.raw = new GenericKubernetesApi<>(
                RawObject.class, RawList.class, kind.group(), kind.version(), kind.plural(), client);
    }

    @Override
    public KubernetesApiResponse<T> get(String name, GetOptions options) {
        return typed(raw.get(name, options));
    }

    @Override
    public KubernetesApiResponse<T> get(String namespace, String name, GetOptions options) {
        return typed(raw.get(namespace, name, options));
    }

    @Override
    public KubernetesApiResponse<L> list(ListOptions options) {
        return typedList(raw.list(options));
    }

    @Override
    public KubernetesApiResponse<L> list(String namespace, ListOptions options) {
        return typedList(raw.list(namespace, options));
    }

    @Override
    public KubernetesApiResponse<T> create(T object, CreateOptions options) {
        return typed(raw.create(json(object), options));
    }

    @Override
    public KubernetesApiResponse<T> create(String namespace, T object, CreateOptions options) {
        return typed(raw.create(namespace, json(object), options));
    }

    @Override
    public KubernetesApiResponse<T> update(T object, UpdateOptions options) {
        return typed(raw.update(json(object), options));
    }

    @Override
    public KubernetesApiResponse<T> updateStatus(T object, Function<T, Object> status, UpdateOptions options) {
        return typed(raw.updateStatus(json(object), same -> gson.toJsonTree(status.apply(object)), options));
    }

    @Override
    public KubernetesApiResponse<T> patch(String name, String patchType, V1Patch patch, PatchOptions options) {
        return typed(raw.patch(name, patchType, patch, options));
    }

    @Override
    public KubernetesApiResponse<T> patch(
            String namespace, String name, String patchType, V1Patch patch, PatchOptions options) {
        return typed(raw.patch(namespace, name, patchType, patch, options));
    }

    @Override
    public KubernetesApiResponse<T> delete(String name, DeleteOptions options) {
        return typed(raw.delete(name, options));
    }

    @Override
    public KubernetesApiResponse<T> delete(String namespace, String name, DeleteOptions options) {
        return typed(raw.delete(namespace, name, options));
    }

    @Override
    public Watchable<T> watch(ListOptions options) throws ApiException {
        return new TypedWatch<>(raw.watch(options), this::object);
    }

    @Override
    public Watchable<T> watch(String namespace, ListOptions options) throws ApiException {
        return new TypedWatch<>(raw.watch(namespace, options), this::object);
    }

    @Override
    public Future<KubernetesApiResponse<T>> getAsync(
            String name, GetOptions options, @Nullable Consumer<KubernetesApiResponse<T>> callback) {
        return typed(raw.getAsync(name, options, then(callback, this::typed)));
    }

    @Override
    public Future<KubernetesApiResponse<T>> getAsync(
            String namespace, String name, GetOptions options, @Nullable Consumer<KubernetesApiResponse<T>> callback) {
        return typed(raw.getAsync(namespace, name, options, then(callback, this::typed)));
    }

    @Override
    public Future<KubernetesApiResponse<L>> listAsync(
            ListOptions options, @Nullable Consumer<KubernetesApiResponse<L>> callback) {
        return new MappedFuture<>(raw.listAsync(options, then(callback, this::typedList)), this::typedList);
    }

    @Override
    public Future<KubernetesApiResponse<L>> listAsync(
            String namespace, ListOptions options, @Nullable Consumer<KubernetesApiResponse<L>> callback) {
        return new MappedFuture<>(raw.listAsync(namespace, options, then(callback, this::typedList)), this::typedList);
    }

    @Override
    public Future<KubernetesApiResponse<T>> createAsync(
            T object, CreateOptions options, @Nullable Consumer<KubernetesApiResponse<T>> callback) {
        return typed(raw.createAsync(json(object), options, then(callback, this::typed)));
    }

    @Override
    public Future<KubernetesApiResponse<T>> createAsync(
            String namespace, T object, CreateOptions options, @Nullable Consumer<KubernetesApiResponse<T>> callback) {
        return typed(raw.createAsync(namespace, json(object), options, then(callback, this::typed)));
    }

    @Override
    public Future<KubernetesApiResponse<T>> updateAsync(
            T object, UpdateOptions options, @Nullable Consumer<KubernetesApiResponse<T>> callback) {
        return typed(raw.updateAsync(json(object), options, then(callback, this::typed)));
    }

    @Override
    public Future<KubernetesApiResponse<T>> updateStatusAsync(
            T object,
            Function<T, Object> status,
            UpdateOptions options,
            @Nullable Consumer<KubernetesApiResponse<T>> callback) {
        return typed(raw.updateStatusAsync(
                json(object), same -> gson.toJsonTree(status.apply(object)), options, then(callback, this::typed)));
    }

    @Override
    public Future<KubernetesApiResponse<T>> patchAsync(
            String name,
            String patchType,
            V1Patch patch,
            PatchOptions options,
            @Nullable Consumer<KubernetesApiResponse<T>> callback) {
        return typed(raw.patchAsync(name, patchType, patch, options, then(callback, this::typed)));
    }

    @Override
    public Future<KubernetesApiResponse<T>> patchAsync(
            String namespace,
            String name,
            String patchType,
            V1Patch patch,
            PatchOptions options,
            @Nullable Consumer<KubernetesApiResponse<T>> callback) {
        return typed(raw.patchAsync(namespace, name, patchType, patch, options, then(callback, this::typed)));
    }

    @Override
    public Future<KubernetesApiResponse<T>> deleteAsync(
            String name, DeleteOptions options, @Nullable Consumer<KubernetesApiResponse<T>> callback) {
        return typed(raw.deleteAsync(name, options, then(callback, this::typed)));
    }

    @Override
    public Future<KubernetesApiResponse<T>> deleteAsync(
            String namespace,
            String name,
            DeleteOptions options,
            @Nullable Consumer<KubernetesApiResponse<T>> callback) {
        return typed(raw.deleteAsync(namespace, name, options, then(callback, this::typed)));
    }

    private RawObject json(T object) {
        return new RawObject(gson.toJsonTree(object), object.getMetadata());
    }

    private T object(RawObject object) {
        return gson.fromJson(object.json(), objectClass);
    }

    private KubernetesApiResponse<T> typed(KubernetesApiResponse<RawObject> response) {
        return converted(response, this::object);
    }

    private Future<KubernetesApiResponse<T>> typed(Future<KubernetesApiResponse<RawObject>> response) {
        return new MappedFuture<>(response, this::typed);
    }

    private KubernetesApiResponse<L> typedList(KubernetesApiResponse<RawList> response) {
        return converted(response, list -> gson.fromJson(list.json(), listClass));
    }

    private static <A extends KubernetesType, B extends KubernetesType> KubernetesApiResponse<B> converted(
            KubernetesApiResponse<A> response, Function<A, B> conversion) {
        return response.getObject() == null
                ? new KubernetesApiResponse<>(response.getStatus(), response.getHttpStatusCode())
                : new KubernetesApiResponse<>(conversion.apply(response.getObject()));
    }

    private static <A, B> @Nullable Consumer<A> then(@Nullable Consumer<B> callback, Function<A, B> conversion) {
        return callback == null ? null : result -> callback.accept(conversion.apply(result));
    }
}
