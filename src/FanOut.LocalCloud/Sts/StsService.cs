using System.Collections.Concurrent;
using System.Globalization;
using FanOut.LocalCloud.Http;
using FanOut.LocalCloud.Iam;
using FanOut.LocalCloud.Policies;
using FanOut.LocalCloud.Signing;
using FanOut.LocalCloud.Wire;

namespace FanOut.LocalCloud.Sts;

/// <summary>The Security Token Service: AssumeRole and GetCallerIdentity.</summary>
public sealed class StsService : IService
{
    private const string Namespace = "https://sts.amazonaws.com/doc/2011-06-15/";

    private readonly CloudOptions _options;
    private readonly IamService _iam;
    private readonly ConcurrentDictionary<string, AssumableRole> _roles = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, RoleSession> _sessions = new(StringComparer.Ordinal);
    private readonly OperationTable _operations;
    private int _opened;

    internal StsService(CloudOptions options, IamService iam)
    {
        (_options, _iam) = (options, iam);
        _operations = new() { ["AssumeRole"] = AssumeRole, ["GetCallerIdentity"] = GetCallerIdentity };
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> SigningNames { get; } = ["sts"];

    /// <summary>Every session that was given out, in order.</summary>
    public Journal<RoleSession> Sessions { get; } = new();

    /// <summary>Declares a role that every signer may assume.</summary>
    /// <param name="arn">Its ARN; the calls of its sessions act in its account.</param>
    /// <param name="externalId">The external id without which it is refused; null, the default, for none.</param>
    public AssumableRole AddRole(string arn, string? externalId = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(arn);
        return _roles[arn] = new AssumableRole(arn, externalId);
    }

    /// <summary>Removes a role; sessions that were given out stay valid.</summary>
    public void RemoveRole(string arn) => _roles.TryRemove(arn, out _);

    /// <inheritdoc/>
    public CallSubject Identify(ServiceCall serviceCall)
    {
        ArgumentNullException.ThrowIfNull(serviceCall);
        return new CallSubject(serviceCall.NamedOperation(), serviceCall.Form.Text("RoleArn"));
    }

    /// <inheritdoc/>
    public Task<HttpResponse> AnswerAsync(ServiceCall serviceCall, CancellationToken cancellationToken) =>
        _operations.AnswerAsync(serviceCall, cancellationToken);

    /// <summary>The owner of a signature's access key; keys that were not given out here belong to the cloud's own account.</summary>
    /// <exception cref="ServiceException">The key was given out here, but its token is wrong or has expired.</exception>
    internal Identity Identify(Credential credential, Protocol protocol)
    {
        if (!_sessions.TryGetValue(credential.AccessKeyId, out RoleSession? session))
        {
            return new Identity(_options.AccountId, $"arn:{ArnText.Partition(credential.Region)}:iam::{_options.AccountId}:root", _options.AccountId);
        }

        if (session.SessionToken != credential.SessionToken)
        {
            throw protocol == Protocol.Query
                ? new ServiceException("InvalidClientTokenId", "The security token included in the request is invalid.", 403)
                : new ServiceException("UnrecognizedClientException", "The security token included in the request is invalid.", protocol == Protocol.RestJson ? 403 : 400);
        }

        if (session.Expiration <= _options.TimeProvider.GetUtcNow())
        {
            throw protocol == Protocol.Query
                ? new ServiceException("ExpiredToken", "The security token included in the request is expired", 403)
                : new ServiceException("ExpiredTokenException", "The security token included in the request is expired", protocol == Protocol.RestJson ? 403 : 400);
        }

        return AssumedRole(session);
    }

    /// <summary>Opens a session of a role of IAM, for a service that acts with the role.</summary>
    internal RoleSession Open(IamRole role, string name, TimeSpan duration) =>
        Open(new AssumableRole(role.Arn, null), name, null, _options.TimeProvider.GetUtcNow() + duration, isOfIamRole: true);

    private HttpResponse AssumeRole(ServiceCall call)
    {
        string arn = call.Form.RequiredText("RoleArn");
        string name = call.Form.RequiredText("RoleSessionName");
        string? externalId = call.Form.Text("ExternalId");
        int seconds = int.Parse(call.Form.Text("DurationSeconds") ?? "3600", CultureInfo.InvariantCulture);
        if (seconds is < 900 or > 43200)
        {
            throw new ServiceException("ValidationError", $"1 validation error detected: Value '{seconds}' at 'durationSeconds' failed to satisfy constraint: Member must have value between 900 and 43200");
        }

        Identity caller = Identify(CredentialOf(call), call.Protocol);
        (AssumableRole Role, bool IsOfIam)? found = Find(arn, caller, externalId, name);

        // The same answer for an unknown role and a wrong external id, because AWS does not tell strangers which roles exist.
        (AssumableRole role, bool isOfIam) = found ?? throw new ServiceException(
            "AccessDenied", $"User: {caller.Arn} is not authorized to perform: sts:AssumeRole on resource: {arn}", 403);
        if (_iam.Find(arn) is { } iamRole && seconds > iamRole.MaxSessionDuration.TotalSeconds)
        {
            throw new ServiceException("ValidationError", "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
        }

        RoleSession session = Open(role, name, externalId, call.Time + TimeSpan.FromSeconds(seconds), isOfIam);
        return XmlAnswer.Of(call, Namespace, xml =>
        {
            Identity identity = AssumedRole(session);
            xml.WriteStartElement("Credentials");
            xml.WriteElementString("AccessKeyId", session.AccessKeyId);
            xml.WriteElementString("SecretAccessKey", session.SecretAccessKey);
            xml.WriteElementString("SessionToken", session.SessionToken);
            xml.WriteElementString("Expiration", session.Expiration.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
            xml.WriteEndElement();
            xml.WriteStartElement("AssumedRoleUser");
            xml.WriteElementString("AssumedRoleId", identity.UserId);
            xml.WriteElementString("Arn", identity.Arn);
            xml.WriteEndElement();
        });
    }

    // A role of IAM can be assumed as its trust policy says; a role that was only declared, by everybody who has its external id.
    private (AssumableRole, bool)? Find(string arn, Identity caller, string? externalId, string sessionName)
    {
        if (_iam.Find(arn) is { } role && role.Arn == arn)
        {
            AccessRequest request = new AccessRequest("sts:AssumeRole", arn)
                .With(ConditionKeys.ExternalId, externalId).With(ConditionKeys.RoleSessionName, sessionName)
                .With(ConditionKeys.PrincipalArn, caller.RoleArn ?? caller.Arn).With(ConditionKeys.PrincipalAccount, caller.AccountId);
            return role.Trusts(PrincipalNames.Of(caller), request) ? (new AssumableRole(arn, externalId), true) : null;
        }

        return _roles.TryGetValue(arn, out AssumableRole? declared) && (declared.ExternalId is null || declared.ExternalId == externalId) ? (declared, false) : null;
    }

    private RoleSession Open(AssumableRole role, string name, string? externalId, DateTimeOffset expiration, bool isOfIamRole)
    {
        // The number makes the id unique; it is padded to 20 characters, the length of an access key id.
        string key = string.Create(CultureInfo.InvariantCulture, $"ASIA{Interlocked.Increment(ref _opened):X8}").PadRight(20, 'Q');
        RoleSession session = new(role, name, externalId, key, $"token-{Guid.NewGuid()}", expiration) { IsOfIamRole = isOfIamRole };
        _sessions[key] = session;
        Sessions.Add(session);
        return session;
    }

    private HttpResponse GetCallerIdentity(ServiceCall call) => XmlAnswer.Of(call, Namespace, xml =>
    {
        Identity identity = Identify(CredentialOf(call), call.Protocol);
        xml.WriteElementString("Arn", identity.Arn);
        xml.WriteElementString("UserId", identity.UserId);
        xml.WriteElementString("Account", identity.AccountId);
    });

    private static Credential CredentialOf(ServiceCall call) =>
        new(call.AccessKeyId, call.Region, call.Service, call.Request.Header("X-Amz-Security-Token"));

    private static Identity AssumedRole(RoleSession session)
    {
        string account = ArnText.Part(session.Role.Arn, 4);
        string roleName = DestinationName.Short(session.Role.Arn);
        return new Identity(
            account,
            $"arn:{ArnText.Part(session.Role.Arn, 1)}:sts::{account}:assumed-role/{roleName}/{session.Name}",
            $"AROA{session.AccessKeyId[4..]}:{session.Name}",
            session.Role.Arn,
            session.IsOfIamRole);
    }
}
