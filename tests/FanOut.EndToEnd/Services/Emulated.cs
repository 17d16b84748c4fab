using Amazon.Runtime;
using FanOut.Aws;

namespace FanOut.EndToEnd.Services;

/// <summary>What a client needs to call an emulator instead of AWS.</summary>
internal static class Emulated
{
    /// <summary>The emulators' account.</summary>
    public const string Account = "123456789012";

    /// <summary>The region of the tests.</summary>
    public const string Region = "us-east-1";

    /// <summary>Credentials that an emulator takes while it does not check them.</summary>
    public static AWSCredentials Credentials { get; } = new BasicAWSCredentials("test", "test");

    /// <summary>Settings of a client for a service at an emulator.</summary>
    public static AwsClientConfig Config(AwsService service, Uri endpoint) => new(service, Region, endpoint);
}
