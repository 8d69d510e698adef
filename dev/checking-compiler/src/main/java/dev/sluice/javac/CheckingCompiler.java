package dev.sluice.javac;

import com.google.errorprone.BaseErrorProneJavaCompiler;
import com.google.errorprone.bugpatterns.BugChecker;
import com.google.errorprone.scanner.BuiltInCheckerSuppliers;
import com.google.errorprone.scanner.ScannerSupplier;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import javax.inject.Named;
import javax.tools.JavaCompiler;
import org.codehaus.plexus.compiler.javac.InProcessCompiler;
import org.codehaus.plexus.compiler.javac.JavacCompiler;
import org.codehaus.plexus.compiler.javac.JavaxToolsCompiler;

/**
 * javac with the checks of Error Prone and NullAway, for Maven's compiler plugin. Maven loads it once for a build; javac
 * loads its own plugins for each compilation, and their first seconds in the interpreter would take a quarter of the
 * processor time of a compilation.
 */
@Named(CheckingCompiler.ID)
public final class CheckingCompiler extends JavacCompiler {

    static final String ID = "javac-with-checks";

    @Override
    public String getCompilerId() {
        return ID;
    }

    @Override
    protected InProcessCompiler inProcessCompiler() {
        return new WithChecks();
    }

    private static final class WithChecks extends JavaxToolsCompiler {

        @Override
        protected JavaCompiler newJavaCompiler() {
            return new BaseErrorProneJavaCompiler(
                    BuiltInCheckerSuppliers.defaultChecks().plus(ScannerSupplier.fromBugCheckerClasses(others())));
        }

        /** The checks of NullAway. */
        private static List<Class<? extends BugChecker>> others() {
            return ServiceLoader.load(BugChecker.class, CheckingCompiler.class.getClassLoader()).stream()
                    .<Class<? extends BugChecker>>map(ServiceLoader.Provider::type)
                    .collect(Collectors.toUnmodifiableList());
        }
    }
}
