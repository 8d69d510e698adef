package dev.sluice.artifact.fetch;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

/** The body of an answer that is not used, not read either: it might never end. */
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
