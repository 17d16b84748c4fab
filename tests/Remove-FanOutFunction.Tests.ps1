Describe 'Remove-FanOutFunction' {
    BeforeAll {
        . (Join-Path $PSScriptRoot Cloud.ps1)
        $package = Join-Path ([IO.Path]::GetTempPath()) "fanout-$([guid]::NewGuid()).zip"
        New-FunctionPackage -Path $package
    }

    AfterAll {
        Stop-Cloud
        Remove-Item -Path $package
    }

    It 'removes what was published, and says what it leaves' {
        $null = Publish-FanOutFunction -FunctionName fresh -PackagePath $package -SkipTest
        Clear-Call
        Remove-FanOutFunction -FunctionName fresh -Confirm:$false -WarningVariable left -WarningAction SilentlyContinue

        (Get-Change)[-1] | Should -Be 'DeleteFunction'
        "$left" | Should -Match 'table freshTargets'
    }

    It 'removes the rest when that is said' {
        Remove-FanOutFunction -FunctionName fresh -IncludeLogs -IncludeTable -Confirm:$false
        $cloud.Dynamo.Find('freshTargets') | Should -BeNullOrEmpty
    }

    It 'removes nothing when there is nothing' {
        Clear-Call
        Remove-FanOutFunction -FunctionName fresh -IncludeLogs -IncludeTable -Confirm:$false
        @(Get-Change).Count | Should -Be 0
    }
}
