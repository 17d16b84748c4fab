using Amazon.Runtime;
using FanOut.Errors;

namespace FanOut.Credentials;

/// <summary>The caller that environment variables name.</summary>
internal static class EnvironmentCaller
{
    /// <summary>The keys of <c>AWS_ACCESS_KEY_ID</c>, else the role of <c>AWS_WEB_IDENTITY_TOKEN_FILE</c>.</summary>
    /// <returns>Null if neither is set.</returns>
    /// <exception cref="FanOutException">A key without its secret, or a token without a role.</exception>
    public static CallerSource? Of(Func<string, string?> environment)
    {
        if (Get("AWS_ACCESS_KEY_ID") is { } key)
        {
            string secret = Get("AWS_SECRET_ACCESS_KEY")
                ?? throw FanOutError.InvalidCredentials("The environment has AWS_ACCESS_KEY_ID and no AWS_SECRET_ACCESS_KEY.");
            return CallerSource.Of(
                Get("AWS_SESSION_TOKEN") is { } token ? new SessionAWSCredentials(key, secret, token) : new BasicAWSCredentials(key, secret),
                $"environment (access key {key})");
        }

        if (Get("AWS_WEB_IDENTITY_TOKEN_FILE") is { } file)
        {
            string role = Get("AWS_ROLE_ARN") ?? throw FanOutError.InvalidCredentials("The environment has AWS_WEB_IDENTITY_TOKEN_FILE and no AWS_ROLE_ARN, the role to assume with the token.");
            string identity = $"environment (role {role})";
            return new CallerSource(identity, null, open => new ExplainedCredentials(
                new WebIdentityRole(open(new Caller(new AnonymousAWSCredentials(), identity)), role, file, Get("AWS_ROLE_SESSION_NAME")),
                e => FanOutError.CredentialsUnusable($"The role {role} of AWS_ROLE_ARN, with the token in {file},", e)));
        }

        return null;

        string? Get(string name) => environment(name) is { Length: > 0 } text ? text : null;
    }

    /// <summary>The role of a container of ECS or EKS.</summary>
    /// <returns>Null outside of a container.</returns>
    public static CallerSource? Container(Func<string, string?> environment) =>
        string.IsNullOrEmpty(environment("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI")) && string.IsNullOrEmpty(environment("AWS_CONTAINER_CREDENTIALS_FULL_URI"))
            ? null
            : new CallerSource("container", null, _ => new ExplainedCredentials(
                new GenericContainerCredentials(), e => FanOutError.CredentialsUnusable("The container (AWS_CONTAINER_CREDENTIALS_…)", e)));
}
