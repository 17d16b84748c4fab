using Amazon.Runtime;

namespace FanOut.Aws.Lambda;

/// <summary>The alias is deleted, or there was none.</summary>
public sealed class DeleteAliasResponse : AmazonWebServiceResponse;
