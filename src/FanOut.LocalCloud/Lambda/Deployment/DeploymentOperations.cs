using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using FanOut.LocalCloud.Http;
using FanOut.LocalCloud.Lambda.Versions;
using FanOut.LocalCloud.Wire;

namespace FanOut.LocalCloud.Lambda.Deployment;

/// <summary>The operations that make, replace and delete functions (https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html).</summary>
internal sealed class DeploymentOperations(FunctionRegistry functions, FunctionHost? host, LambdaServiceOptions options)
{
    private const int MostNameCharacters = 64;

    private readonly ConcurrentBag<Task> _ending = [];

    public HttpResponse Create(ServiceCall call)
    {
        var request = call.Json;
        var arn = call.Destination!;
        var name = DestinationName.Short(arn);
        if (name.Length > MostNameCharacters)
        {
            throw new ServiceException("ValidationException", $"1 validation error detected: Value '{name}' at 'functionName' failed to satisfy constraint: Member must have length less than or equal to {MostNameCharacters}");
        }

        var configuration = Configuration(request);
        if (functions.All.Any(function => function.Arn == arn))
        {
            throw AlreadyThere(name);
        }

        Host.Check(arn, configuration, isNew: true);
        var package = Package(request.RequiredObject("Code"));
        var invoker = new UploadedFunction(Host, arn, "$LATEST", configuration, package);
        var revision = new FunctionRevision(configuration, Guid.NewGuid().ToString(), options.TimeProvider.GetUtcNow(), FunctionRevision.Successful)
        {
            Package = package,
            IsPending = true,
        };
        var function = new LambdaFunction(arn, invoker, revision, options.TimeProvider) { PublishMetric = options.PublishMetric };
        if (!functions.TryAdd(function))
        {
            package.Dispose();
            throw AlreadyThere(name);
        }

        var view = function.View(null)!;
        if (request.Flag("Publish"))
        {
            view = VersionOperations.Publish(function, null) is var version ? version with { Revision = version.Revision with { IsPending = true } } : view;
        }

        function.Begin(options.TransitionTime);
        return VersionOperations.Answer(view, 201);
    }

    public HttpResponse UpdateCode(ServiceCall call)
    {
        var function = functions.Unqualified(call);
        var request = call.Json;
        if (function.Revision.Package is null)
        {
            throw new ServiceException("InvalidParameterValueException", $"The function {function.Name} was added to the stand-in by code: it has no package that could be replaced.");
        }

        function.Check(request.Text("RevisionId"));
        var architecture = Architecture(request) ?? function.Configuration.Architecture;
        var package = Package(request);
        if (request.Flag("DryRun"))
        {
            var would = function.Revision with { Package = package, Configuration = function.Configuration with { Architecture = architecture } };
            package.Dispose();
            return VersionOperations.Answer(function.View(null)! with { Revision = would }, 200);
        }

        FunctionRevision begun;
        try
        {
            begun = function.Update(
                request.Text("RevisionId"),
                revision => revision with { Package = package, Configuration = revision.Configuration with { Architecture = architecture } },
                options.TransitionTime);
        }
        catch (ServiceException)
        {
            package.Dispose();
            throw;
        }

        return VersionOperations.Answer(
            request.Flag("Publish") ? VersionOperations.Publish(function, null) : function.View(null)! with { Revision = begun }, 200);
    }

    public HttpResponse Delete(ServiceCall call)
    {
        var view = functions.View(call);
        if (view.Qualifier is null)
        {
            Remove(LambdaRoute.NameIn(call), call.Region, call.AccountId);
        }
        else if (view.Qualifier == view.Version && int.TryParse(view.Version, CultureInfo.InvariantCulture, out var number))
        {
            if (view.Function.Versions.Remove(number)?.Invoker is UploadedFunction version)
            {
                _ending.Add(version.DisposeAsync().AsTask());
            }
        }
        else
        {
            throw new ServiceException("InvalidParameterValueException", "$LATEST version cannot be deleted without deleting the function.");
        }

        return new() { Status = 204 };
    }

    /// <summary>Removes a function; its event source mappings stay.</summary>
    public bool Remove(FunctionName name, string region, string accountId)
    {
        if (functions.Remove(name, region, accountId) is not { } function)
        {
            return false;
        }

        _ending.Add(function.EndAsync());
        return true;
    }

    /// <summary>Ends everything that was deployed, and waits for the end of what was deleted before.</summary>
    public async Task EndAsync() => await Task.WhenAll([.. functions.All.Select(function => function.EndAsync()), .. _ending]).ConfigureAwait(false);

    private FunctionHost Host => host ?? throw new ServiceException(
        "InvalidParameterValueException", "This stand-in of Lambda belongs to no cloud that functions could run on: make it with LambdaServiceOptions.Of(cloud).");

    private LambdaFunctionConfiguration Configuration(JsonElement request)
    {
        if (request.Text("PackageType") is not (null or "Zip"))
        {
            throw new ServiceException("InvalidParameterValueException", "This stand-in of Lambda has functions of type Zip only.");
        }

        if (request.Text("Runtime") is null || request.Text("Handler") is null)
        {
            throw new ServiceException("InvalidParameterValueException", "Runtime and Handler are mandatory parameters for functions created with deployment packages.");
        }

        request.RequiredText("Role");
        return FunctionUpdate.Apply(request, new() { Architecture = Architecture(request) ?? "x86_64", Tags = request.Texts("Tags") }, options.Cloud);
    }

    private static string? Architecture(JsonElement request) => request.Items("Architectures") switch
    {
        { Count: 0 } => null,
        [{ ValueKind: JsonValueKind.String } only] when only.GetString() is "x86_64" or "arm64" => only.GetString(),
        var others => throw new ServiceException(
            "ValidationException",
            $"1 validation error detected: Value '[{string.Join(", ", others)}]' at 'architectures' failed to satisfy constraint: Member must satisfy constraint: [Member must satisfy enum value set: [x86_64, arm64], Member must not be null], and there must be exactly one"),
    };

    private static FunctionPackage Package(JsonElement code) => code.Field("ZipFile") is null
        ? throw new ServiceException("InvalidParameterValueException", "This stand-in of Lambda takes code as ZipFile only: it has no S3 and no container images.")
        : FunctionPackage.Unpack(code.RequiredBytes("ZipFile"));

    private static ServiceException AlreadyThere(string name) => new("ResourceConflictException", $"Function already exist: {name}", 409);
}
