package dev.mailroom.it.contract;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;

/**
 * TomEE embedded takes applications while it runs from within only: command, name and file, one a line. By reflection,
 * for the tests are compiled without TomEE.
 */
@WebServlet("/guests")
public class TomEEGuests extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        List<String> words = request.getReader().lines().toList();
        try {
            if (words.get(0).equals("deploy")) {
                call(component("org.apache.openejb.assembler.WebAppDeployer"), "deploy", null, words.get(1),
                        new File(words.get(2)));
            } else {
                call(component("org.apache.openejb.assembler.classic.Assembler"), "destroyApplication",
                        words.get(2).replaceFirst("\\.war$", ""));
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object component(String type) throws ReflectiveOperationException {
        ClassLoader loader = TomEEGuests.class.getClassLoader();
        Object system = loader.loadClass("org.apache.openejb.loader.SystemInstance").getMethod("get").invoke(null);
        return system.getClass().getMethod("getComponent", Class.class).invoke(system, loader.loadClass(type));
    }

    private static void call(Object target, String name, Object... arguments) throws ReflectiveOperationException {
        Method method = Arrays.stream(target.getClass().getMethods()).filter(one -> one.getName().equals(name)
                && one.getParameterCount() == arguments.length
                && one.getParameterTypes()[arguments.length - 1].isInstance(arguments[arguments.length - 1]))
                .findFirst().orElseThrow();
        try {
            method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
