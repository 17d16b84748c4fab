namespace FanOut.Aws;

/// <summary>The one endpoint of a service for all regions of a partition.</summary>
/// <param name="Host">Its host.</param>
/// <param name="SigningRegion">The region that requests to it are signed for, wherever they come from.</param>
internal readonly record struct GlobalEndpoint(string Host, string SigningRegion);
