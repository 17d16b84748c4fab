using System.Collections;
using System.Management.Automation;
using System.Reflection;
using Amazon.Runtime;
using FanOut.Errors;

namespace FanOut.Credentials;

/// <summary>Credentials that were given as an object.</summary>
/// <remarks>
/// The objects of AWS.Tools have types of another build of AWSSDK.Core. To .NET these are not the types that we use, though they have the same
/// names, so the members are found by reflection. <c>$StoredAWSCredentials</c> wraps the credentials in a member that is not public.
/// </remarks>
internal static class GivenCredentials
{
    private const BindingFlags Any = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.IgnoreCase;

    /// <summary>The credentials in the object.</summary>
    /// <param name="value">
    /// A PSCredential; what New-AWSCredential, Get-AWSCredential or Use-STSRole of AWS.Tools output; or an object or a hashtable with the keys as
    /// properties.
    /// </param>
    /// <param name="where">Where the object was given, for errors: <c>-Credential</c>.</param>
    /// <exception cref="FanOutException">There are no credentials in it.</exception>
    public static CallerSource Of(object value, string where)
    {
        object bare = Bare(value);
        AWSCredentials credentials = bare is PSCredential login
            ? login is { UserName.Length: > 0, Password.Length: > 0 }
                ? new BasicAWSCredentials(login.UserName, login.GetNetworkCredential().Password)
                : throw FanOutError.InvalidCredentials($"The PSCredential of {where} must have an access key as user name and its secret as password.")
            : Find(value) ?? throw FanOutError.InvalidCredentials(
                $"{where} must be a PSCredential (access key and secret), credentials of AWS.Tools (New-AWSCredential, Use-STSRole), or an object with AccessKeyId, SecretAccessKey and SessionToken; it is {PSObject.AsPSObject(value).TypeNames[0]}.");
        var explained = new ExplainedCredentials(credentials, e => FanOutError.CredentialsUnusable(where, e));
        return CallerSource.Of(explained, KeyOf(credentials) is { } key ? $"{where} (access key {key})" : where);
    }

    /// <summary>The secrets in the object, as far as it holds them: credentials that would call AWS for them are not asked.</summary>
    /// <param name="value">What <see cref="Of"/> takes.</param>
    public static IEnumerable<string?> SecretsOf(object value)
    {
        try
        {
            return Bare(value) is PSCredential login ? [login.GetNetworkCredential().Password]
                : Find(value) is { } found and (BasicAWSCredentials or SessionAWSCredentials or Foreign { IsFixed: true }) && found.GetCredentials() is { } keys ? [keys.SecretKey, keys.Token]
                : [];
        }

        // What cannot be read is told where it is used.
#pragma warning disable CA1031
        catch (Exception)
#pragma warning restore CA1031
        {
            return [];
        }
    }

    private static AWSCredentials? Find(object value)
    {
        object bare = Bare(value);
        if (bare.GetType().GetMethod("GetCredentials", Any, Type.EmptyTypes) is { } get)
        {
            return new Foreign(bare, get);
        }

        if (Keys(value) is { } keys)
        {
            return string.IsNullOrEmpty(keys.Token) ? new BasicAWSCredentials(keys.AccessKey, keys.SecretKey) : new SessionAWSCredentials(keys.AccessKey, keys.SecretKey, keys.Token);
        }

        return Member(value, "Credentials") is { } inner && !ReferenceEquals(inner, value) ? Find(inner) : null;
    }

    private static ImmutableCredentials? Keys(object value) =>
        Text(value, "AccessKeyId", "AccessKey") is { } key && Text(value, "SecretAccessKey", "SecretKey") is { } secret
            ? new ImmutableCredentials(key, secret, Text(value, "SessionToken", "Token"))
            : null;

    private static string? Text(object value, params string[] names) =>
        names.Select(n => Member(value, n) as string).FirstOrDefault(static t => !string.IsNullOrEmpty(t));

    private static object? Member(object value, string name)
    {
        object bare = Bare(value);
        return bare is IDictionary entries ? entries[name] is { } entry ? Bare(entry) : null
            : PSObject.AsPSObject(value).Properties[name]?.Value is { } property ? Bare(property)
            : bare.GetType().GetProperty(name, Any) is { CanRead: true } hidden && hidden.GetIndexParameters().Length == 0 ? hidden.GetValue(bare)
            : null;
    }

    // Only if the key is known already: other credentials may call AWS to get one.
    private static string? KeyOf(AWSCredentials credentials) =>
        credentials is BasicAWSCredentials or SessionAWSCredentials or Foreign { IsFixed: true } ? credentials.GetCredentials().AccessKey : null;

    private static object Bare(object value) => value is PSObject wrapped && wrapped.BaseObject is not PSCustomObject ? wrapped.BaseObject : value;

    /// <summary>Credentials of another build of AWSSDK.Core, asked anew for each request: they refresh themselves.</summary>
    private sealed class Foreign(object source, MethodInfo get) : AWSCredentials
    {
        public bool IsFixed => source.GetType().Name is nameof(BasicAWSCredentials) or nameof(SessionAWSCredentials);

        public override ImmutableCredentials GetCredentials()
        {
            try
            {
                object? now = get.Invoke(source, null);
                return (now is null ? null : Keys(now)) ?? throw new InvalidOperationException("They hold no access key.");
            }
            catch (TargetInvocationException e) when (e.InnerException is { } cause)
            {
                throw cause;
            }
        }

        public override Task<ImmutableCredentials> GetCredentialsAsync() => Task.Run(GetCredentials);
    }
}
