package dev.sluice.artifact.fetch;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

/** Discards a response body without reading it, because it might be endless. */
final class DiscardedBody implements BodySubscriber<Object> {

    private final CompletableFuture<Object> body = new CompletableFuture<>();

    @Override
    public CompletionStage<Object> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        subscription.cancel();
        body.complete(DownloadSubscriber.Done.DONE);
    }

    @Override
    public void onNext(List<ByteBuffer> pieces) {
        // cancelled
    }

    @Override
    public void onError(Throwable failure) {
        body.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        body.complete(DownloadSubscriber.Done.DONE);
    }
}
