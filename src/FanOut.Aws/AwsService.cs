namespace FanOut.Aws;

/// <summary>What distinguishes one AWS service from another on the wire.</summary>
/// <param name="ServiceId">The service's id, as in <c>AWS_ENDPOINT_URL_&lt;ID&gt;</c>: <c>Kinesis</c>, <c>IoT Data Plane</c>.</param>
/// <param name="EndpointPrefix">First label of its regional host: <c>kinesis</c> in <c>kinesis.eu-west-1.amazonaws.com</c>.</param>
/// <param name="SigningName">Its name in a signature's credential scope.</param>
/// <param name="ApiVersion">The version of its API.</param>
public sealed record AwsService(string ServiceId, string EndpointPrefix, string SigningName, string ApiVersion)
{
    /// <summary>
    /// For a service that has one endpoint for all regions of a partition: a region's host, and the region that requests to it are signed
    /// for; else <see langword="null"/>.
    /// </summary>
    internal Func<string, (string Host, string SigningRegion)>? Global { get; init; }

    /// <summary>Whether signatures cover the path encoded once more than it is sent; all services but S3 want it so.</summary>
    internal bool SignsEncodedPath { get; init; } = true;
}
