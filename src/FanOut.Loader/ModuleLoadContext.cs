using System.Reflection;
using System.Runtime.Loader;

namespace FanOut.Loader;

/// <summary>Loads FanOut.dll and all that it depends on apart from the rest of the PowerShell session.</summary>
/// <remarks>
/// All builds of AWSSDK.Core 4 have the assembly version 4.0.0.0, so that of two modules in one session the second would run on the first
/// one's build. What lies beside this file is ours alone; everything else (PowerShell, the framework) is the session's.
/// </remarks>
public sealed class ModuleLoadContext : AssemblyLoadContext
{
    private static readonly Lazy<Assembly> Module = new(() => new ModuleLoadContext().LoadFromAssemblyPath(PathOf("FanOut")));

    private ModuleLoadContext()
        : base("FanOut")
    {
    }

    /// <summary>The module's assembly, loaded once per process.</summary>
    public static Assembly LoadModule() => Module.Value;

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        ArgumentNullException.ThrowIfNull(assemblyName);
        return assemblyName.Name is { } name && PathOf(name) is var path && File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }

    private static string PathOf(string name) =>
        Path.Join(Path.GetDirectoryName(typeof(ModuleLoadContext).Assembly.Location), name + ".dll");
}
