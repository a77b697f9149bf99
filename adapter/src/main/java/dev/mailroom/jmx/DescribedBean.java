package dev.mailroom.jmx;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Optional;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.StandardMBean;

/** An MXBean that says what its interface {@link Description}. */
final class DescribedBean extends StandardMBean {
    private <T> DescribedBean(T bean, Class<T> type) {
        super(bean, type, true);
    }

    static DescribedBean of(PoolBean bean) {
        return new DescribedBean(bean, PoolMXBean.class);
    }

    static DescribedBean of(SecretsBean bean) {
        return new DescribedBean(bean, SecretsMXBean.class);
    }

    static DescribedBean of(SessionBean bean) {
        return new DescribedBean(bean, SessionMXBean.class);
    }

    static DescribedBean of(MailboxBean bean) {
        return new DescribedBean(bean, MailboxMXBean.class);
    }

    @Override
    protected String getDescription(MBeanInfo info) {
        return said(getMBeanInterface());
    }

    @Override
    protected String getDescription(MBeanAttributeInfo info) {
        return said(method((info.isIs() ? "is" : "get") + info.getName()));
    }

    @Override
    protected String getDescription(MBeanOperationInfo info) {
        return said(method(info.getName()));
    }

    @Override
    protected String getDescription(MBeanOperationInfo info, MBeanParameterInfo parameter, int place) {
        return said(method(info.getName()).getParameters()[place]);
    }

    @Override
    protected String getParameterName(MBeanOperationInfo info, MBeanParameterInfo parameter, int place) {
        return method(info.getName()).getParameters()[place].getAnnotation(Description.class).name();
    }

    @Override
    protected int getImpact(MBeanOperationInfo info) {
        return MBeanOperationInfo.ACTION;
    }

    /** No two methods of these interfaces have one name. */
    private Method method(String name) {
        return Arrays.stream(getMBeanInterface().getMethods()).filter(one -> one.getName().equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException(name));
    }

    private static String said(AnnotatedElement element) {
        return Optional.ofNullable(element.getAnnotation(Description.class)).map(Description::value)
                .orElseThrow(() -> new IllegalArgumentException(element + " says nothing"));
    }
}
