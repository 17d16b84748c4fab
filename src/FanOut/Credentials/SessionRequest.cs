namespace FanOut.Credentials;

/// <summary>What the user gave to choose credentials, region and endpoint: parameters, and the session variables of AWS.Tools.</summary>
internal sealed record SessionRequest
{
    /// <summary><c>-ProfileName</c>.</summary>
    public string? ProfileName { get; init; }

    /// <summary><c>-ProfileLocation</c>: the shared credentials file, or the folder that holds it; null: <c>~/.aws</c>.</summary>
    public string? ProfileLocation { get; init; }

    /// <summary><c>-AccessKey</c>.</summary>
    public string? AccessKey { get; init; }

    /// <summary><c>-SecretKey</c>. Never shown.</summary>
    public string? SecretKey { get; init; }

    /// <summary><c>-SessionToken</c>. Never shown.</summary>
    public string? SessionToken { get; init; }

    /// <summary><c>-Credential</c>: a PSCredential, or credentials of AWS.Tools.</summary>
    public object? Credential { get; init; }

    /// <summary><c>$StoredAWSCredentials</c>, which Set-AWSCredential of AWS.Tools sets.</summary>
    public object? StoredCredential { get; init; }

    /// <summary><c>-Region</c>, or the region that an ARN among the parameters names.</summary>
    public string? Region { get; init; }

    /// <summary><c>$StoredAWSRegion</c>, which Set-DefaultAWSRegion of AWS.Tools sets.</summary>
    public string? StoredRegion { get; init; }

    /// <summary><c>-EndpointUrl</c>.</summary>
    public Uri? EndpointUrl { get; init; }

    /// <summary><c>-TimeoutSec</c>: how long a call may be without an answer.</summary>
    /// <value>20 seconds by default.</value>
    public TimeSpan Timeout { get; init; } = DefaultTimeout;

    /// <summary>How long a call may be without an answer unless the user says otherwise: 20 seconds.</summary>
    public static TimeSpan DefaultTimeout { get; } = TimeSpan.FromSeconds(20);

    /// <summary><c>-NoVerifySsl</c>.</summary>
    public bool NoVerifySsl { get; init; }
}
