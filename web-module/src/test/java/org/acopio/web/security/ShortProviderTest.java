package org.acopio.web.security;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.security.auth.message.AuthException;
import jakarta.security.auth.message.AuthStatus;
import jakarta.security.auth.message.MessageInfo;
import jakarta.security.auth.message.config.AuthConfigProvider;
import jakarta.security.auth.message.config.ServerAuthConfig;
import jakarta.security.auth.message.config.ServerAuthContext;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.security.auth.Subject;
import org.junit.jupiter.api.Test;

/** Who is asked who they are, and who is spared it. */
class ShortProviderTest {
  private static final String MANDATORY = "jakarta.security.auth.message.MessagePolicy.isMandatory";

  /** What the mechanism behind was asked for; it refuses everybody. */
  private final List<String> asked = new ArrayList<>();

  private <T> T fake(Class<T> type, Object answer) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              if (answer == AuthStatus.SEND_FAILURE) {
                asked.add(method.getName());
              }
              return answer;
            }));
  }

  /** What becomes of a request with these headers, on its way in and on its way out. */
  private List<AuthStatus> judge(Map<String, String> headers, boolean mandatory)
      throws AuthException {
    HttpServletRequest request =
        (HttpServletRequest)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> headers.get((String) arguments[0]));
    Map<Object, Object> map = new HashMap<>();
    if (mandatory) {
      map.put(MANDATORY, "true");
    }
    MessageInfo message =
        (MessageInfo)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {MessageInfo.class},
                (proxy, method, arguments) -> method.getName().equals("getMap") ? map : request);
    ServerAuthContext mechanism = fake(ServerAuthContext.class, AuthStatus.SEND_FAILURE);
    AuthConfigProvider behind =
        fake(AuthConfigProvider.class, fake(ServerAuthConfig.class, mechanism));
    ServerAuthContext first =
        new ShortProvider(behind)
            .getServerAuthConfig("HttpServlet", "server /", null)
            .getAuthContext("id", null, Map.of());
    return List.of(
        first.validateRequest(message, new Subject(), null), first.secureResponse(message, null));
  }

  @Test
  void strangerAtAnOpenPlaceIsAskedNothing() throws AuthException {
    assertEquals(
        List.of(AuthStatus.SUCCESS, AuthStatus.SEND_SUCCESS), judge(Map.of("Host", "here"), false));
    assertEquals(List.of(), asked);
  }

  @Test
  void everybodyElseIsAskedAndHeard() throws AuthException {
    List<AuthStatus> refused = List.of(AuthStatus.SEND_FAILURE, AuthStatus.SEND_FAILURE);
    assertEquals(refused, judge(Map.of(), true));
    assertEquals(refused, judge(Map.of("Cookie", "JSESSIONID=1"), false));
    assertEquals(refused, judge(Map.of("Authorization", "Bearer x"), false));
    assertEquals(6, asked.size());
  }
}
