using FanOut.Aws.Lambda;
using FanOut.Credentials;
using FanOut.Engine.Mappings;
using FanOut.Errors;

namespace FanOut.Destinations;

/// <summary>Finds a Lambda function by its name, with or without an alias or version.</summary>
internal static class FindFunction
{
    /// <summary>The function's ARN, with the alias or version if one was given.</summary>
    public static async Task<FoundDestination> ByNameAsync(AwsSession session, string name, CancellationToken cancellationToken)
    {
        if (!FunctionDestination.TryParse(name, out FunctionDestination? function, out string? problem))
        {
            throw FanOutError.InvalidDestination(name, problem);
        }

        AmazonLambdaClient lambda = session.Client(AmazonLambdaClient.Service, (c, s) => new AmazonLambdaClient(c, s));
        try
        {
            var request = new GetFunctionConfigurationRequest { FunctionName = function.FunctionName, Qualifier = function.Qualifier };
            GetFunctionConfigurationResponse response = await lambda.GetFunctionConfigurationAsync(request, cancellationToken).ConfigureAwait(false);
            return new FoundDestination(response.FunctionArn!);
        }
        catch (AmazonLambdaException e) when (e.ErrorCode == "ResourceNotFoundException")
        {
            throw FanOutError.DestinationNotFound("Lambda function", name, session.Region, session.Identity, "Give the function's ARN to register it without a look-up.", e);
        }
    }
}
