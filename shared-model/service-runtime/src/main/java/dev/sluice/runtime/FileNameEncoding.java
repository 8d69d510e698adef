package dev.sluice.runtime;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;

/** The encoding of file names in this JVM, which depends on the locale at its start. */
final class FileNameEncoding {

    private FileNameEncoding() {}

    /** Returns the encoding of this process. There is no public API for it, but all JDKs have this property. */
    static String ofThisProcess() {
        return System.getProperty("sun.jnu.encoding", StandardCharsets.UTF_8.name());
    }

    /**
     * Warns of an encoding that cannot represent all file names. Not fatal, because the service's own names are ASCII.
     */
    static void warnUnlessUtf8(String encoding, Logger log) {
        if (!Charset.isSupported(encoding) || !Charset.forName(encoding).equals(StandardCharsets.UTF_8)) {
            log.atWarn()
                    .addKeyValue("encoding", encoding)
                    .log("the locale is not UTF-8: cannot read files with non-ASCII names;" + " set LC_ALL=C.UTF-8");
        }
    }
}
