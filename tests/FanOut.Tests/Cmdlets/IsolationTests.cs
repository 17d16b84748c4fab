using System.Diagnostics;
using System.Reflection;
using FanOut.LocalCloud;
using FanOut.LocalCloud.Lambda;

namespace FanOut.Tests.Cmdlets;

/// <summary>The module beside others that bring the AWS SDK in a version of their own.</summary>
public sealed class IsolationTests
{
    private const string Loaded = """
        [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -eq 'AWSSDK.Core' } |
            ForEach-Object { "$([System.Runtime.Loader.AssemblyLoadContext]::GetLoadContext($_).Name) $([Diagnostics.FileVersionInfo]::GetVersionInfo($_.Location).FileVersion)" } | Sort-Object
        """;

    [Theory]
    [InlineData(null, null)]
    [InlineData("ours", "before")]
    [InlineData("4.0.3.3", "before")]
    [InlineData("4.1.0", "before")]
    [InlineData("ours", "after")]
    [InlineData("4.0.3.3", "after")]
    [InlineData("4.1.0", "after")]
    public async Task It_runs_on_its_own_SDK_whatever_else_is_loaded(string? version, string? when)
    {
        string ours = FileVersion(Path.Join(Checkout.Root, "bin", "AWSSDK.Core.dll"));
        string? path = version is null ? null
            : Path.Join(PwshProcess.Metadata("Packages"), "awssdk.core", version == "ours" ? ours : version, "lib", "net8.0", "AWSSDK.Core.dll");
        string other = path is null ? "" : $"[void][Reflection.Assembly]::LoadFrom('{path}')";
        string import = $"Import-Module '{PowerShellSession.Manifest}'";
        await using Cloud cloud = Cloud.Start();
        cloud.Dynamo.CreateTable("fanoutTargets", "sourceArn", "id").Put("""{"sourceArn":{"S":"s"},"id":{"S":"t1"}}""");
        string call = $"(Get-FanOutTarget -Region us-east-1 -EndpointUrl {cloud.Endpoint} -AccessKey a -SecretKey b).Id";

        IReadOnlyList<string> output = await PwshProcess.RunAsync(
            string.Join('\n', when == "before" ? other : "", import, call, when == "after" ? other : "", call, Loaded), TestContext.Current.CancellationToken);

        Assert.Equal(["t1", "t1"], output.Take(2));
        string[] expected = path is null ? [$"FanOut {ours}"] : [$"Default {FileVersion(path)}", $"FanOut {ours}"];
        Assert.Equal(expected, output.Skip(2));
    }

    [Fact]
    public async Task It_writes_YAML_with_its_own_library_which_no_other_module_sees()
    {
        await using Cloud cloud = Cloud.Start();
        cloud.Dynamo.CreateTable("fanoutTargets", "sourceArn", "id");
        cloud.Add(new LambdaService(LambdaServiceOptions.Of(cloud)));
        string export = $"(Export-FanOutTemplate -Format Yaml -Region us-east-1 -EndpointUrl {cloud.Endpoint} -AccessKey a -SecretKey b).Split(\"`n\")[0]";

        IReadOnlyList<string> output = await PwshProcess.RunAsync(
            $"Import-Module '{PowerShellSession.Manifest}'\n{export}\n{Loaded.Replace("AWSSDK.Core", "YamlDotNet", StringComparison.Ordinal)}", TestContext.Current.CancellationToken);

        Assert.Equal(["AWSTemplateFormatVersion: \"2010-09-09\"", $"FanOut {FileVersion(Path.Join(Checkout.Root, "bin", "YamlDotNet.dll"))}"], output);
    }

    [Fact]
    public void No_type_of_the_SDK_is_in_a_public_signature()
    {
        Assembly module = typeof(FanOut.Abstractions.FanOutCommand).Assembly;
        const BindingFlags Members = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        var leaks = new List<string>();
        foreach (Type type in module.GetExportedTypes())
        {
            IEnumerable<(string Name, Type Type)> used = type.GetProperties(Members).Where(static p => IsVisible(p.GetMethod) || IsVisible(p.SetMethod)).Select(static p => (p.Name, p.PropertyType))
                .Concat(type.GetFields(Members).Where(static f => f.IsPublic || f.IsFamily || f.IsFamilyOrAssembly).Select(static f => (f.Name, f.FieldType)))
                .Concat(type.GetMethods(Members).Where(IsVisible).SelectMany(static m => m.GetParameters().Select(p => (m.Name, p.ParameterType)).Append((m.Name, m.ReturnType))))
                .Concat(type.GetConstructors(Members).Where(IsVisible).SelectMany(static c => c.GetParameters().Select(p => (c.Name, p.ParameterType))))
                .Concat(type.GetInterfaces().Append(type.BaseType ?? typeof(object)).Select(static t => ("base", t)));
            leaks.AddRange(used.Where(u => Parts(u.Type).Any(static t => !IsAllowed(t.Assembly.GetName().Name!))).Select(u => $"{type.FullName}.{u.Name}: {u.Type}"));
        }

        Assert.Empty(leaks);
        Assert.True(module.GetExportedTypes().Length > 20);
    }

    [Fact]
    public void The_folder_of_the_module_holds_its_assemblies_and_nothing_else()
    {
        string[] expected =
        [
            "AWSSDK.Core.dll", "AWSSDK.DynamoDBv2.dll", "AWSSDK.SSO.dll", "AWSSDK.SSOOIDC.dll", "AWSSDK.SecurityToken.dll",
            "FanOut.Aws.dll", "FanOut.Engine.dll", "FanOut.Loader.dll", "FanOut.dll",
            "Microsoft.Extensions.DependencyInjection.Abstractions.dll", "Microsoft.Extensions.Logging.Abstractions.dll",
            "RESPite.dll", "StackExchange.Redis.dll",
            "System.Diagnostics.DiagnosticSource.dll", "System.IO.Hashing.dll", "System.IO.Pipelines.dll", "YamlDotNet.dll",
        ];

        Assert.Equal(expected.Order(StringComparer.Ordinal), Directory.EnumerateFiles(Path.Join(Checkout.Root, "bin")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    private static string FileVersion(string path) => FileVersionInfo.GetVersionInfo(path).FileVersion!;

    private static bool IsVisible(MethodBase? method) => method is not null && (method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly);

    private static IEnumerable<Type> Parts(Type type) =>
        type.HasElementType ? Parts(type.GetElementType()!) : type.IsGenericType ? type.GetGenericArguments().SelectMany(Parts).Append(type) : [type];

    private static bool IsAllowed(string assembly) =>
        assembly is "FanOut" or "System.Management.Automation" || assembly.StartsWith("System.", StringComparison.Ordinal) || assembly == "netstandard";
}
