using System.ComponentModel;
using System.Management.Automation;
using FanOut.Completion;
using FanOut.Credentials;
using FanOut.Errors;
using FanOut.Parameters;

namespace FanOut.Abstractions;

/// <summary>Base of the cmdlets that call AWS: region, credentials, endpoint.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class AwsCommand : FanOutCommand
{
    private readonly CallLog _log = new();
    private readonly Dictionary<SessionRequest, AwsSession> _sessions = [];
    private AwsSession? _session;
    private readonly HashSet<string> _strays = new(StringComparer.OrdinalIgnoreCase);
    private PipedOverDefaults? _piped;

    /// <summary>What comes through the pipeline: its properties are taken for the parameters of their names. What is typed counts more than they do, and $PSDefaultParameterValues less.</summary>
    [Parameter(ValueFromPipeline = true)]
    [NotAFile]
    public PSObject? InputObject { get; set; }

    /// <summary>The AWS region of the function, such as eu-west-1. Without it, in this order: the region of a piped object, that of an ARN among the parameters, $StoredAWSRegion of AWS.Tools, the profile of -ProfileName, AWS_REGION, AWS_DEFAULT_REGION, the profile of AWS_PROFILE or the default one, the EC2 instance. So a profile that you name counts more than the environment, and one that only the environment names counts less, as with the AWS CLI.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("RegionToCall")]
    [ArgumentCompleter(typeof(RegionCompleter))]
    public string? Region { get; set; }

    /// <summary>The profile of the shared credential store (~/.aws/credentials and ~/.aws/config) that calls AWS; also profiles of IAM Identity Center (after aws sso login), of roles and of processes. A profile that does not exist is an error: no other account is tried. Credentials are the first of these: -AccessKey with -SecretKey, -Credential, -ProfileName, $StoredAWSCredentials of AWS.Tools, the environment (AWS_ACCESS_KEY_ID, AWS_WEB_IDENTITY_TOKEN_FILE), the profile of AWS_PROFILE, the profile default, the container, the EC2 instance; the others are not looked at.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("StoredCredentials", "AWSProfileName")]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    public string? ProfileName { get; set; }

    /// <summary>The folder that holds the files credentials and config of the shared credential store, or the credentials file itself, beside which config may lie. Without it: the files of AWS_SHARED_CREDENTIALS_FILE and AWS_CONFIG_FILE, else those in ~/.aws, and on Windows also the encrypted store of AWS.Tools.</summary>
    [Parameter]
    [Alias("AWSProfilesLocation", "ProfilesLocation")]
    public string? ProfileLocation { get; set; }

    /// <summary>The id of an access key that calls AWS; goes with -SecretKey, and with -SessionToken where the key is temporary.</summary>
    [Parameter]
    [Alias("AK")]
    [NotAFile]
    public string? AccessKey { get; set; }

    /// <summary>The secret of -AccessKey, as text or as a SecureString.</summary>
    [Parameter]
    [SecretText]
    [Alias("SK", "SecretAccessKey")]
    [NotAFile]
    public string? SecretKey { get; set; }

    /// <summary>The session token of -AccessKey, where the key is temporary; as text or as a SecureString.</summary>
    [Parameter]
    [SecretText]
    [Alias("ST")]
    [NotAFile]
    public string? SessionToken { get; set; }

    /// <summary>Credentials as an object: those of AWS.Tools (New-AWSCredential, Get-AWSCredential, Use-STSRole), which are asked again for every call, so that they may refresh; a PSCredential with the access key as user name and the secret as password; or any object with AccessKeyId, SecretAccessKey and SessionToken.</summary>
    [Parameter]
    [NotAFile]
    public object? Credential { get; set; }

    /// <summary>The endpoint of every AWS service, for an emulator or a proxy: http://127.0.0.1:4566. Without it: AWS_ENDPOINT_URL_(service), AWS_ENDPOINT_URL, and the profile's services and endpoint_url, as in the AWS SDKs.</summary>
    [Parameter]
    [NotAFile]
    public Uri? EndpointUrl { get; set; }

    /// <summary>Accepts any TLS certificate. For tests only: anyone in between can read everything.</summary>
    [Parameter]
    public SwitchParameter NoVerifySsl { get; set; }

    /// <summary>How many seconds a call to AWS may be without an answer: 20 unless you say otherwise. An upload has a second more for each 64 KB, and an invocation of the function three times as long.</summary>
    [Parameter]
    [ValidateRange(1, 3600)]
    [NotAFile]
    public int TimeoutSec { get; set; } = (int)SessionRequest.DefaultTimeout.TotalSeconds;

    /// <summary>The session for the object at hand; opened when first asked for, shared by all objects that ask for the same.</summary>
    private protected AwsSession Session => _session ??= Open();

    /// <inheritdoc/>
    private protected override string? Identity => _session?.Identity;

    /// <summary>The region that an ARN among the parameters names.</summary>
    private protected virtual string? NamedRegion => null;

    /// <summary>What to do about a piped object that has nothing for the cmdlet, where there is more to say than that objects are piped.</summary>
    private protected virtual string? AdviceOnUnbound => null;

    /// <summary>What is looked for in piped rows that no parameter takes; null: nothing.</summary>
    private protected virtual StrayProperties? Strays => null;

    /// <summary>The clock of waits and of call times.</summary>
    private protected TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Starts on the next object, which may name another region, profile or function.</summary>
    private protected sealed override void Process()
    {
        _session = null;
        if (InputObject is { } input && !_piped!.Concerns(input))
        {
            throw FanOutError.InputObjectNotBound(input, AdviceOnUnbound);
        }

        _piped!.Apply(InputObject);
        Warn(FindStrays().Where(s => _strays.Add(s.Name)).Select(static s => s.ToString()));
        ProcessObject();
    }

    /// <summary>The properties of the object at hand that no parameter takes although one must have been meant.</summary>
    private protected IEnumerable<StrayProperty> FindStrays() => Strays?.In(InputObject, IsTyped) ?? [];

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        Mask(Secrets());
        _piped = new PipedOverDefaults(this);
    }

    private IEnumerable<string?> Secrets()
    {
        yield return SecretKey;
        yield return SessionToken;
        foreach (string? secret in Credential is null ? [] : GivenCredentials.SecretsOf(Credential))
        {
            yield return secret;
        }
    }

    /// <summary>Whether the user typed a parameter: it comes neither from a piped object nor from $PSDefaultParameterValues.</summary>
    private protected bool IsExplicit(string parameter) => IsTyped(parameter) && !_piped!.IsDefault(parameter);

    /// <summary>Starts on what may be in another region, within one object of the pipeline.</summary>
    private protected void Renew() => _session = null;

    /// <summary>Does the work for one object of the pipeline.</summary>
    private protected abstract void ProcessObject();

    /// <inheritdoc/>
    private protected override void Waited()
    {
        foreach (string line in _log.Take())
        {
            WriteVerbose(line);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            SettleAfterwards(Time);
            foreach (AwsSession session in _sessions.Values)
            {
                session.Dispose();
            }
        }

        base.Dispose(disposing);
    }

    private AwsSession Open()
    {
        SessionRequest request = Request;
        if (!_sessions.TryGetValue(request, out AwsSession? session))
        {
            _sessions[request] = session = OpenSession.Of(request, _log, Time, StopToken);
            WriteVerbose($"Calling AWS in {session.Region} as {session.Identity}.");
            if (session.Warning is { } warning)
            {
                WriteWarning(warning);
            }
        }

        return session;
    }

    // A piped object whose property is empty binds an empty text: that counts as not given.
    private SessionRequest Request => new()
    {
        ProfileName = NullIfEmpty(ProfileName),
        ProfileLocation = NullIfEmpty(ProfileLocation) is { } location ? GetUnresolvedProviderPathFromPSPath(location) : null,
        AccessKey = NullIfEmpty(AccessKey),
        SecretKey = NullIfEmpty(SecretKey),
        SessionToken = NullIfEmpty(SessionToken),
        Credential = Credential,
        StoredCredential = GetVariableValue("StoredAWSCredentials"),
        Region = NullIfEmpty(Region) ?? NamedRegion,
        StoredRegion = NullIfEmpty(GetVariableValue("StoredAWSRegion") as string),
        EndpointUrl = EndpointUrl,
        Timeout = TimeSpan.FromSeconds(TimeoutSec),
        NoVerifySsl = NoVerifySsl,
    };

    /// <summary>The text; null if it is empty.</summary>
    private protected static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
