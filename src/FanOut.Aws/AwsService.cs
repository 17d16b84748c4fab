namespace FanOut.Aws;

/// <summary>The names by which a service of AWS is called and signed for.</summary>
/// <param name="ServiceId">The service's id, as in <c>AWS_ENDPOINT_URL_&lt;ID&gt;</c>: <c>Kinesis</c>, <c>IoT Data Plane</c>.</param>
/// <param name="EndpointPrefix">First label of its regional host: <c>kinesis</c> in <c>kinesis.eu-west-1.amazonaws.com</c>.</param>
/// <param name="SigningName">Its name in a signature's credential scope.</param>
/// <param name="ApiVersion">The version of its API.</param>
public sealed record AwsService(string ServiceId, string EndpointPrefix, string SigningName, string ApiVersion)
{
    /// <summary>
    /// For a service with one endpoint for all regions of a partition: gives the host for a region, and the region to sign for. Null for other
    /// services.
    /// </summary>
    internal Func<string, EndpointVariant, (string Host, string SigningRegion)>? Global { get; init; }

    /// <summary>Gives the host in a region where it is none that is made by rule; null: it is. Null for services without exceptions.</summary>
    internal Func<string, EndpointVariant, string?>? Exception { get; init; }

    /// <summary>Whether its usual hosts in GovCloud have validated cryptography, so that there are no others for it.</summary>
    internal bool IsFipsInGovCloud { get; init; }

    /// <summary>
    /// How many bytes an answer with success may have in the function. Default: 256 KB, for services that only confirm, or whose answers have up to
    /// ten entries.
    /// </summary>
    internal long MostAnswerBytes { get; init; } = 256 * 1024;

    /// <summary>Whether the path is encoded a second time for the signature, as all services but S3 require.</summary>
    internal bool SignsEncodedPath { get; init; } = true;

    /// <summary>
    /// Whether a request has the body's hash in a header (<c>x-amz-content-sha256</c>), as S3 and OpenSearch Serverless require. AWSSDK.Core sends it to all
    /// services.
    /// </summary>
    internal bool SendsBodyHash { get; init; }
}
