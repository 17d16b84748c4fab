using System.Management.Automation;
using FanOut.LocalCloud.Http;

namespace FanOut.Tests.Cmdlets.Credentials;

/// <summary>Which region is called, where several are said.</summary>
public sealed class RegionOrderTests : CredentialsTests
{
    private static readonly string[] Named = ["-Region", "arn", "stored", "profile", "AWS_REGION", "AWS_DEFAULT_REGION", "instance"];
    private static readonly string[] Ambient = ["AWS_REGION", "AWS_DEFAULT_REGION", "profile", "instance"];

    [Theory]
    [InlineData("-Region", "eu-west-1")]
    [InlineData("arn", "eu-west-2")]
    [InlineData("stored", "eu-west-3")]
    [InlineData("profile", "eu-north-1")]
    [InlineData("AWS_REGION", "eu-south-1")]
    [InlineData("AWS_DEFAULT_REGION", "eu-south-2")]
    [InlineData("instance", "eu-central-1")]
    public Task A_named_profile_comes_before_the_environment(string first, string region) =>
        AssertRegionAsync(Named.SkipWhile(p => p != first), region, " -ProfileName named");

    [Theory]
    [InlineData("AWS_REGION", "eu-south-1", "named")]
    [InlineData("AWS_DEFAULT_REGION", "eu-south-2", "named")]
    [InlineData("profile", "eu-north-1", "named")]
    [InlineData("AWS_REGION", "eu-south-1", null)]
    [InlineData("profile", "eu-north-1", null)]
    [InlineData("instance", "eu-central-1", null)]
    public Task A_profile_of_the_environment_or_the_default_one_comes_after_it(string first, string region, string? variable)
    {
        Set("AWS_PROFILE", variable);
        return AssertRegionAsync(Ambient.SkipWhile(p => p != first), region, "");
    }

    [Fact]
    public void A_piped_object_names_its_region()
    {
        Set("AWS_REGION", "eu-west-2");

        Run($"[pscustomobject]@{{ Region = 'eu-west-1' }}, [pscustomobject]@{{ Region = '' }} | Get-FanOutTarget -AccessKey AK -SecretKey {Secret} -ErrorAction Ignore").ThrowIfFailed();

        Assert.Equal(["eu-west-1", "eu-west-2"], Cloud.Calls.Select(static c => c.Region));
    }

    [Fact]
    public void Keys_still_have_the_region_of_the_default_profile()
    {
        Write(".aws/config", "[default]\nregion = eu-north-1\n");

        Run($"Get-FanOutTarget -AccessKey AK -SecretKey {Secret} -ErrorAction Ignore").ThrowIfFailed();

        Assert.Equal("eu-north-1", DynamoCall.Region);
    }

    [Fact]
    public void Without_any_the_error_says_what_was_tried()
    {
        Write(".aws/credentials", $"[named]\n{Keys("AKIANAMED")}");

        ErrorRecord error = AssertError(Run("Get-FanOutTarget -ProfileName named"), "RegionMissing", ErrorCategory.InvalidArgument);

        Assert.Equal(
            "No AWS region was found. Tried, in this order: -Region, the ARNs among the parameters, $StoredAWSRegion, the region of the profile 'named', "
            + "AWS_REGION, AWS_DEFAULT_REGION, the instance (AWS_EC2_METADATA_DISABLED is true).",
            error.Exception.Message);
        Assert.Empty(Cloud.Calls);
    }

    [Theory]
    [InlineData("-Region us_east_1", "'us_east_1' (-Region)")]
    [InlineData("-Region us-east-1.example.com", "'us-east-1.example.com' (-Region)")]
    [InlineData("-Region US-EAST-1", "'US-EAST-1' (-Region)")]
    [InlineData("-Region europe", "'europe' (-Region)")]
    [InlineData("", "'Ireland' (AWS_REGION)")]
    public void A_text_that_cannot_be_a_region_is_an_error_before_any_call(string region, string said)
    {
        Set("AWS_REGION", "Ireland");

        ErrorRecord error = AssertError(Run($"Get-FanOutTarget -AccessKey AK -SecretKey {Secret} {region}"), "InvalidParameter", ErrorCategory.InvalidArgument);

        Assert.StartsWith(said, error.Exception.Message, StringComparison.Ordinal);
        Assert.Empty(Cloud.Calls);
    }

    private async Task AssertRegionAsync(IEnumerable<string> said, string region, string parameters)
    {
        await using HttpServer instance = Answering(static r => r.Path switch { "/latest/api/token" => "t", "/latest/meta-data/placement/region" => "eu-central-1\n", _ => null });
        HashSet<string> given = [.. said];
        string settings = given.Contains("profile") ? "region = eu-north-1\n" : "";
        Write(".aws/credentials", $"[named]\n{Keys("AKIANAMED")}{settings}[default]\n{Keys("AKIADEFAULT")}{settings}");
        Set("AWS_REGION", given.Contains("AWS_REGION") ? "eu-south-1" : null);
        Set("AWS_DEFAULT_REGION", given.Contains("AWS_DEFAULT_REGION") ? "eu-south-2" : null);
        Set("AWS_EC2_METADATA_DISABLED", null);
        Set("AWS_EC2_METADATA_SERVICE_ENDPOINT", $"{instance.Endpoint}");
        Variables["StoredAWSRegion"] = given.Contains("stored") ? "eu-west-3" : null;

        Run(
            "Get-FanOutTarget -ErrorAction Ignore" + parameters
            + (given.Contains("-Region") ? " -Region eu-west-1" : "")
            + (given.Contains("arn") ? " -SourceArn arn:aws:kinesis:eu-west-2:123456789012:stream/orders" : "")).ThrowIfFailed();

        Assert.Equal(region, DynamoCall.Region);
    }
}
