using System.Reflection;

namespace FanOut.Help.Cmdlets;

/// <summary>Reads which parameters a desired state may have: the constants of FanOut.DesiredState.Sections.SectionParameters.</summary>
internal static class ReadSectionNames
{
    private const string Holder = "FanOut.DesiredState.Sections.SectionParameters";

    /// <summary>The names by their sections: Function, Source, Target.</summary>
    /// <param name="assembly">The module's assembly, which is read and not run.</param>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Of(string assembly)
    {
        using MetadataLoadContext context = ReadCmdlets.Context(assembly);
        return context.LoadFromAssemblyPath(assembly).GetType(Holder, throwOnError: true)!.GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(static f => f.IsLiteral).ToDictionary(static f => f.Name, static f => (IReadOnlyList<string>)((string)f.GetRawConstantValue()!).Split(", "));
    }
}
