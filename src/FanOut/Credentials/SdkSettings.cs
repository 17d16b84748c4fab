using Amazon.Runtime;
using FanOut.Aws;
using FanOut.Credentials.Profiles;
using FanOut.Engine.Mappings;

namespace FanOut.Credentials;

/// <summary>Sets all that AWSSDK.Core would otherwise look up by itself in the environment and in the shared files.</summary>
/// <remarks>
/// It would read the profile of AWS_PROFILE, which need not be the one that is used. And it reads the files once in a process, in a static constructor
/// (<c>FallbackInternalConfigurationFactory</c>): a line there that it does not understand, such as a comment after a heading, would make every
/// client fail for the rest of the PowerShell session, also after the file is mended. What is set on a client is not looked up.
/// The names: <see href="https://docs.aws.amazon.com/sdkref/latest/guide/settings-reference.html"/>.
/// </remarks>
/// <param name="profile">The profile that is used; null: none.</param>
/// <param name="environment">The environment's variables, which count more.</param>
internal sealed class SdkSettings(Profile? profile, Func<string, string?> environment)
{
    /// <summary>Gives a client its settings.</summary>
    public void Apply(ClientConfig config)
    {
        config.DefaultConfigurationMode = DefaultConfigurationMode.Standard;
        config.RetryMode = Of("AWS_RETRY_MODE", "retry_mode", RequestRetryMode.Standard);
        config.UseFIPSEndpoint = IsOn("AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint");
        config.UseDualstackEndpoint = IsOn("AWS_USE_DUALSTACK_ENDPOINT", "use_dualstack_endpoint");
        config.AccountIdEndpointMode = Of("AWS_ACCOUNT_ID_ENDPOINT_MODE", "account_id_endpoint_mode", AccountIdEndpointMode.PREFERRED);
        config.EndpointDiscoveryEnabled = IsOn("AWS_ENABLE_ENDPOINT_DISCOVERY", "endpoint_discovery_enabled");
        config.ClientAppId = Text("AWS_SDK_UA_APP_ID", "sdk_ua_app_id") ?? "";
        if (config is AwsClientConfig own)
        {
            own.VariantOrigin = OriginOf(config.UseFIPSEndpoint, config.UseDualstackEndpoint);
        }
        else
        {
            config.DisableClockSkewCorrection = IsOn("AWS_DISABLE_CLOCK_SKEW_CORRECTION", "disable_clock_skew_correction");
        }

        // No call that the module makes has a body that is packed, a checksum beside the signature, or another signature than SigV4.
        config.DisableRequestCompression = true;
        config.RequestMinCompressionSizeBytes = 0;
        config.RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED;
        config.ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED;
        config.AuthSchemePreference = [];
        config.SigV4aSigningRegionSet = [];
    }

    /// <summary>What chose an endpoint of FIPS or dual stack: <c>AWS_USE_FIPS_ENDPOINT</c>, <c>use_fips_endpoint of the profile 'work'</c>.</summary>
    /// <param name="isFips">Whether it is one of FIPS.</param>
    /// <param name="isDualStack">Whether it is one of dual stack.</param>
    /// <returns>Null: it is neither, or nothing chose it.</returns>
    public string? OriginOf(bool isFips, bool isDualStack)
    {
        string?[] origins =
        [
            isFips ? OriginOf("AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint") : null,
            isDualStack ? OriginOf("AWS_USE_DUALSTACK_ENDPOINT", "use_dualstack_endpoint") : null,
        ];
        return origins.All(static o => o is null) ? null : string.Join(" and ", origins.OfType<string>());
    }

    /// <summary>The same of an address: AWS's hosts tell it by their names.</summary>
    public string? OriginOf(Uri address) => OriginOf(
        address.Host.Contains("fips", StringComparison.Ordinal),
        address.Host.Contains(".dualstack.", StringComparison.Ordinal) || Partition.All.Any(p => address.Host.EndsWith($".{p.DualStackSuffix}", StringComparison.Ordinal)));

    private string? OriginOf(string variable, string setting) =>
        !IsOn(variable, setting) ? null : environment(variable) is { Length: > 0 } ? variable : $"{setting} of the profile '{profile?.Name}'";

    private string? Text(string variable, string setting) => environment(variable) is { Length: > 0 } text ? text : profile?[setting];

    private bool IsOn(string variable, string setting) => string.Equals(Text(variable, setting), "true", StringComparison.OrdinalIgnoreCase);

    private T Of<T>(string variable, string setting, T otherwise)
        where T : struct, Enum => Enum.TryParse(Text(variable, setting), ignoreCase: true, out T value) && Enum.IsDefined(value) ? value : otherwise;
}
