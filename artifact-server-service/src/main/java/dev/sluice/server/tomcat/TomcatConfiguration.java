package dev.sluice.server.tomcat;

import dev.sluice.artifact.server.ServedFiles;
import org.apache.catalina.connector.Connector;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Sets up the connector of the artifacts; the management port keeps Tomcat's own. */
@Configuration(proxyBeanMethods = false)
class TomcatConfiguration {

    /** Head and body of a small artifact leave in one write; kept per connection. */
    private static final int WRITE_BUFFER_BYTES = 16 * 1024;

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> openFileConnector(
            OpenFileSender sender, ServedFiles files) {
        return factory -> {
            factory.setProtocol(OpenFileProtocol.class.getName());
            factory.addConnectorCustomizers(connector -> customize(connector, sender, files));
        };
    }

    static void customize(Connector connector, OpenFileSender sender, ServedFiles files) {
        OpenFileProtocol protocol = (OpenFileProtocol) connector.getProtocolHandler();
        connector.setProperty("socket.appWriteBufSize", Integer.toString(WRITE_BUFFER_BYTES));
        // the handler refuses TRACE as it refuses every other method
        connector.setAllowTrace(true);
        protocol.served(files);
        sender.attach(protocol.files());
    }
}
