using System.ComponentModel;
using System.Management.Automation;
using FanOut.Completion;
using FanOut.Credentials;

namespace FanOut.Abstractions;

/// <summary>Second rung: who calls AWS, and where.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class AwsCommand : FanOutCommand
{
    private readonly CallLog _log = new();
    private readonly Dictionary<SessionRequest, AwsSession> _sessions = [];
    private AwsSession? _session;

    /// <summary>The AWS region of the function, such as eu-west-1. Without it: the region of a piped object, that of an ARN among the parameters, $StoredAWSRegion of AWS.Tools, AWS_REGION or AWS_DEFAULT_REGION, the profile, the instance.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("RegionToCall")]
    [ArgumentCompleter(typeof(RegionCompleter))]
    public string? Region { get; set; }

    /// <summary>The profile of the shared credential store (~/.aws/credentials and ~/.aws/config) that calls AWS; also profiles of IAM Identity Center, of roles and of processes. A profile that does not exist is an error.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("StoredCredentials", "AWSProfileName")]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    public string? ProfileName { get; set; }

    /// <summary>The credentials file that holds the profile, or its folder. Without it: AWS_SHARED_CREDENTIALS_FILE and AWS_CONFIG_FILE, else ~/.aws.</summary>
    [Parameter]
    [Alias("AWSProfilesLocation", "ProfilesLocation")]
    public string? ProfileLocation { get; set; }

    /// <summary>The id of an access key that calls AWS; goes with -SecretKey, and with -SessionToken where the key is temporary.</summary>
    [Parameter]
    [Alias("AK")]
    public string? AccessKey { get; set; }

    /// <summary>The secret of -AccessKey.</summary>
    [Parameter]
    [Alias("SK", "SecretAccessKey")]
    public string? SecretKey { get; set; }

    /// <summary>The session token of -AccessKey, where the key is temporary.</summary>
    [Parameter]
    [Alias("ST")]
    public string? SessionToken { get; set; }

    /// <summary>Credentials as an object: those of AWS.Tools (New-AWSCredential, Use-STSRole), or a PSCredential with the access key as user name and the secret as password.</summary>
    [Parameter]
    public object? Credential { get; set; }

    /// <summary>The endpoint of every AWS service, for an emulator or a proxy: http://127.0.0.1:4566. Without it: AWS_ENDPOINT_URL and AWS_ENDPOINT_URL_(service) as in the AWS SDKs.</summary>
    [Parameter]
    public Uri? EndpointUrl { get; set; }

    /// <summary>Takes every TLS certificate. Only for tests: whoever sits between can read all.</summary>
    [Parameter]
    public SwitchParameter NoVerifySsl { get; set; }

    /// <summary>The session for the object at hand; opened when first asked for, shared by all objects that ask for the same.</summary>
    private protected AwsSession Session => _session ??= Open();

    /// <inheritdoc/>
    private protected override string? Identity => _session?.Identity;

    /// <summary>The region that an ARN among the parameters names.</summary>
    private protected virtual string? NamedRegion => null;

    /// <summary>The clock of waits and of call times.</summary>
    private protected TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Starts on the next object, which may name another region, profile or function.</summary>
    private protected sealed override void Process()
    {
        _session = null;
        ProcessObject();
    }

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
            _sessions[request] = session = OpenSession.Of(request, _log, Time);
            WriteVerbose($"Calling AWS in {session.Region} as {session.Identity}.");
        }

        return session;
    }

    // An empty text is what a piped object without a value binds: it says nothing.
    private SessionRequest Request => new()
    {
        ProfileName = Said(ProfileName),
        ProfileLocation = Said(ProfileLocation) is { } location ? GetUnresolvedProviderPathFromPSPath(location) : null,
        AccessKey = Said(AccessKey),
        SecretKey = Said(SecretKey),
        SessionToken = Said(SessionToken),
        Credential = Credential,
        StoredCredential = GetVariableValue("StoredAWSCredentials"),
        Region = Said(Region) ?? NamedRegion,
        StoredRegion = Said(GetVariableValue("StoredAWSRegion") as string),
        EndpointUrl = EndpointUrl,
        NoVerifySsl = NoVerifySsl,
    };

    /// <summary>The text, where there is one.</summary>
    private protected static string? Said(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
