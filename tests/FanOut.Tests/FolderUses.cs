using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FanOut.Tests;

/// <summary>
/// Which folders of a project use which: its sources, bound by the compiler itself. Constants, <c>nameof</c>, aliases and references of
/// documentation count too, which an assembly no longer shows.
/// </summary>
internal sealed class FolderUses
{
    private const string ImplicitUsings =
        "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; " +
        "global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;";

    private readonly string _root;
    private readonly CSharpCompilation _compilation;

    /// <summary>Reads a project's sources.</summary>
    /// <param name="root">The project's folder, of the name of its assembly.</param>
    public FolderUses(string root)
    {
        _root = root;
        CSharpParseOptions options = new(LanguageVersion.Latest, preprocessorSymbols: ["NET8_0_OR_GREATER", "NET9_0_OR_GREATER", "NET10_0_OR_GREATER"]);
        string self = Path.GetFileName(root);
        _compilation = CSharpCompilation.Create(
            self,
            [
                CSharpSyntaxTree.ParseText(ImplicitUsings, options),
                .. Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories).Select(f => CSharpSyntaxTree.ParseText(File.ReadAllText(f), options, f)),
            ],
            ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
                .Where(a => Path.GetFileNameWithoutExtension(a) != self)
                .Select(a => MetadataReference.CreateFromFile(a)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
    }

    /// <summary>The folders that hold sources, relative to the project's: "" is its own.</summary>
    public IReadOnlySet<string> Folders => Sources.Select(t => FolderOf(t.FilePath)).ToHashSet();

    /// <summary>What the compiler does not understand: it would be missing from <see cref="All"/>.</summary>
    public IEnumerable<string> Errors => _compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error).Select(d => d.ToString());

    private IEnumerable<SyntaxTree> Sources => _compilation.SyntaxTrees.Where(t => t.FilePath.Length > 0);

    /// <summary>Each type that a file uses of another folder.</summary>
    public IEnumerable<(string File, string From, string To, string Type)> All() => Sources.SelectMany(Of).Distinct();

    private IEnumerable<(string File, string From, string To, string Type)> Of(SyntaxTree tree)
    {
        SemanticModel model = _compilation.GetSemanticModel(tree);
        string from = FolderOf(tree.FilePath);
        foreach (SimpleNameSyntax name in tree.GetRoot().DescendantNodes(descendIntoTrivia: true).OfType<SimpleNameSyntax>())
        {
            SymbolInfo info = model.GetSymbolInfo(name);
            foreach (ISymbol symbol in info.Symbol is { } one ? [one] : info.CandidateSymbols)
            {
                INamedTypeSymbol? type = symbol is IAliasSymbol alias ? alias.Target as INamedTypeSymbol : symbol as INamedTypeSymbol ?? symbol.ContainingType;
                foreach (SyntaxReference declared in type?.DeclaringSyntaxReferences ?? [])
                {
                    string to = FolderOf(declared.SyntaxTree.FilePath);
                    if (to != from)
                    {
                        yield return (Path.GetRelativePath(_root, tree.FilePath), from, to, type!.Name);
                    }
                }
            }
        }
    }

    private string FolderOf(string file)
    {
        string folder = Path.GetRelativePath(_root, Path.GetDirectoryName(file)!).Replace(Path.DirectorySeparatorChar, '/');
        return folder == "." ? "" : folder;
    }
}
