// expect: imports/import_not_allowed src/App.tsx:3
import { useState } from 'react';
import { BrowserRouter } from 'react-router-dom';
export default () => <BrowserRouter>{useState(1)[0]}</BrowserRouter>;
