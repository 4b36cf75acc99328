/// <reference types="@revideo/core/project" />
