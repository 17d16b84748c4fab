using FanOut.Aws;
using FanOut.Aws.CloudWatchLogs;
using FanOut.Aws.IdentityManagement;

namespace FanOut.Tests.Aws;

public sealed class IamEndpointTests
{
    // The endpoint rules of the AWS SDKs: botocore's iam/2010-05-08/endpoint-rule-set-1.json.
    [Theory]
    [InlineData("us-east-1", "iam.amazonaws.com", "us-east-1")]
    [InlineData("eu-west-1", "iam.amazonaws.com", "us-east-1")]
    [InlineData("mx-central-1", "iam.amazonaws.com", "us-east-1")]
    [InlineData("cn-north-1", "iam.cn-north-1.amazonaws.com.cn", "cn-north-1")]
    [InlineData("cn-northwest-1", "iam.cn-north-1.amazonaws.com.cn", "cn-north-1")]
    [InlineData("us-gov-west-1", "iam.us-gov.amazonaws.com", "us-gov-west-1")]
    [InlineData("us-gov-east-1", "iam.us-gov.amazonaws.com", "us-gov-west-1")]
    [InlineData("us-iso-west-1", "iam.us-iso-east-1.c2s.ic.gov", "us-iso-east-1")]
    [InlineData("us-isob-east-1", "iam.us-isob-east-1.sc2s.sgov.gov", "us-isob-east-1")]
    [InlineData("us-isob-west-1", "iam.us-isob-east-1.sc2s.sgov.gov", "us-isob-east-1")]
    [InlineData("eu-isoe-west-1", "iam.eu-isoe-west-1.cloud.adc-e.uk", "eu-isoe-west-1")]
    [InlineData("us-isof-east-1", "iam.us-isof-south-1.csp.hci.ic.gov", "us-isof-south-1")]
    [InlineData("eusc-de-east-1", "iam.eusc-de-east-1.amazonaws.eu", "eusc-de-east-1")]
    public void Each_partition_has_one_endpoint_and_one_signing_region(string region, string host, string signingRegion)
    {
        AwsClientConfig config = new(AmazonIdentityManagementServiceClient.Service, region);

        Assert.Equal((new Uri($"https://{host}/"), signingRegion, region), (EndpointOf(config), config.AuthenticationRegion, config.Region));
    }

    [Theory]
    [InlineData("eu-west-1", "us-east-1")]
    [InlineData("cn-northwest-1", "cn-north-1")]
    public void An_endpoint_of_ones_own_wins_and_is_signed_for_the_same_region(string region, string signingRegion)
    {
        AwsClientConfig config = new(AmazonIdentityManagementServiceClient.Service, region, new Uri("http://localhost:4566"));

        Assert.Equal((new Uri("http://localhost:4566/"), signingRegion), (EndpointOf(config), config.AuthenticationRegion));
    }

    [Theory]
    [InlineData("eu-west-1", "logs.eu-west-1.amazonaws.com")]
    [InlineData("cn-north-1", "logs.cn-north-1.amazonaws.com.cn")]
    [InlineData("eusc-de-east-1", "logs.eusc-de-east-1.amazonaws.eu")]
    public void A_regional_service_keeps_its_region(string region, string host)
    {
        AwsClientConfig config = new(AmazonCloudWatchLogsClient.Service, region);

        Assert.Equal((new Uri($"https://{host}/"), region), (EndpointOf(config), config.AuthenticationRegion));
    }

    // The same for each operation.
    private static Uri EndpointOf(AwsClientConfig config) => new(config.DetermineServiceOperationEndpoint(new(null)).URL);
}
