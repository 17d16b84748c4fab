using Amazon.Runtime;

namespace FanOut.Tests.Cmdlets.Credentials;

/// <summary>What <c>$StoredAWSCredentials</c> holds: the type of AWS.Tools.Common by its members, around credentials of the test's AWSSDK.Core.</summary>
/// <remarks>modules/AWSPowerShell/Common/CredentialsArguments.cs in https://github.com/aws/aws-tools-for-powershell.</remarks>
public sealed class AWSPSCredentials(AWSCredentials credentials)
{
    internal AWSCredentials Credentials { get; } = credentials;

    internal string Name { get; } = "Supplied Key Parameters";

    public override string ToString() => Name;
}
