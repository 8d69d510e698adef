package dev.sluice.controller.informer;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ChangeHandlerTest {

    @Test
    void logsAnExceptionOfTheListenerWithTheObject() {
        Logger logger = (Logger) LoggerFactory.getLogger(ChangeHandler.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.setLevel(Level.ERROR);
        logger.addAppender(log);
        ChangeHandler<V1ConfigMap> handler = new ChangeHandler<>((before, after) -> {
            throw new IllegalStateException("a defect");
        });
        V1ConfigMap object =
                new V1ConfigMap().metadata(new V1ObjectMeta().namespace("apps").name("one"));

        handler.onAdd(object);
        handler.onDelete(object, false);

        logger.detachAppender(log);
        logger.setLevel(null);
        assertThat(log.list).hasSize(2).allSatisfy(event -> {
            assertThat(event.getLevel()).isEqualTo(Level.ERROR);
            assertThat(String.valueOf(event.getKeyValuePairs())).contains("apps/one");
            assertThat(event.getThrowableProxy().getMessage()).isEqualTo("a defect");
        });
    }
}
