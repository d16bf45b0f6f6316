package org.acopio.web.security;

import jakarta.security.auth.message.AuthException;
import jakarta.security.auth.message.AuthStatus;
import jakarta.security.auth.message.MessageInfo;
import jakarta.security.auth.message.config.AuthConfigProvider;
import jakarta.security.auth.message.config.ClientAuthConfig;
import jakarta.security.auth.message.config.ServerAuthConfig;
import jakarta.security.auth.message.config.ServerAuthContext;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import javax.security.auth.Subject;
import javax.security.auth.callback.CallbackHandler;
import org.jspecify.annotations.Nullable;

/**
 * Authentication as another provider does it, but for requests to open places that bring neither a
 * cookie nor an {@code Authorization} header: those stay unknown without anybody being asked. A
 * place that needs a login is marked so by the container, which refuses it to who is unknown.
 */
record ShortProvider(AuthConfigProvider behind) implements AuthConfigProvider {
  /** Jakarta Authentication 3.0, 3.8.1.1: set where the caller must be known. */
  private static final String MANDATORY = "jakarta.security.auth.message.MessagePolicy.isMandatory";

  /** Set on what went the short way in, so that it goes the short way out. */
  private static final String SHORT = ShortProvider.class.getName();

  @Override
  public ServerAuthConfig getServerAuthConfig(
      String layer, String application, @Nullable CallbackHandler handler) throws AuthException {
    return new Config(behind.getServerAuthConfig(layer, application, handler));
  }

  @Override
  public ClientAuthConfig getClientAuthConfig(
      String layer, String application, @Nullable CallbackHandler handler) throws AuthException {
    return behind.getClientAuthConfig(layer, application, handler);
  }

  @Override
  public void refresh() {
    behind.refresh();
  }

  private record Config(ServerAuthConfig behind) implements ServerAuthConfig {
    @Override
    public ServerAuthContext getAuthContext(
        String id, @Nullable Subject service, @Nullable Map<String, Object> properties)
        throws AuthException {
      return new Context(behind.getAuthContext(id, service, properties));
    }

    @Override
    public String getMessageLayer() {
      return behind.getMessageLayer();
    }

    @Override
    public String getAppContext() {
      return behind.getAppContext();
    }

    @Override
    public String getAuthContextID(MessageInfo message) {
      return behind.getAuthContextID(message);
    }

    @Override
    public void refresh() {
      behind.refresh();
    }

    @Override
    public boolean isProtected() {
      return behind.isProtected();
    }
  }

  private record Context(ServerAuthContext behind) implements ServerAuthContext {
    @Override
    public AuthStatus validateRequest(
        MessageInfo message, Subject client, @Nullable Subject service) throws AuthException {
      if (message.getMap().containsKey(MANDATORY) || saysWho(message)) {
        return behind.validateRequest(message, client, service);
      }
      message.getMap().put(SHORT, true);
      return AuthStatus.SUCCESS;
    }

    private static boolean saysWho(MessageInfo message) {
      HttpServletRequest request = (HttpServletRequest) message.getRequestMessage();
      return request.getHeader("Cookie") != null || request.getHeader("Authorization") != null;
    }

    @Override
    public AuthStatus secureResponse(MessageInfo message, @Nullable Subject service)
        throws AuthException {
      return message.getMap().containsKey(SHORT)
          ? AuthStatus.SEND_SUCCESS
          : behind.secureResponse(message, service);
    }

    @Override
    public void cleanSubject(MessageInfo message, Subject client) throws AuthException {
      behind.cleanSubject(message, client);
    }
  }
}
