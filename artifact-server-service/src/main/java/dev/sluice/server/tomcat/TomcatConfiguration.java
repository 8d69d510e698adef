package dev.sluice.server.tomcat;

import dev.sluice.artifact.tls.TlsSource;
import dev.sluice.server.tls.ArtifactPortTls;
import java.util.Optional;
import org.apache.catalina.connector.Connector;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Configures the artifact port's connector; the management port keeps the default one. */
@Configuration(proxyBeanMethods = false)
class TomcatConfiguration {

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> openFileConnector(
            OpenFileSender sender, ArtifactPortTls tls) {
        return factory -> {
            factory.setProtocol(OpenFileProtocol.class.getName());
            factory.addConnectorCustomizers(connector -> customize(connector, sender, tls.certificates()));
        };
    }

    static void customize(Connector connector, OpenFileSender sender, Optional<TlsSource> tls) {
        // channels come only from createChannel
        connector.setProperty("socket.bufferPool", "0");
        // the handler rejects TRACE like other methods
        connector.setAllowTrace(true);
        OpenFileProtocol protocol = (OpenFileProtocol) connector.getProtocolHandler();
        tls.ifPresent(protocol::useTls);
        sender.attach(protocol);
    }
}
